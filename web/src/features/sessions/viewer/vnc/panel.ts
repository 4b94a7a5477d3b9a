import type { Texts } from './texts'

interface Actions {
  paste: (text: string) => void
  fit: (fits: boolean) => void
  quality: (level: number) => void
  secureKeys: () => void
  shown: (isOpen: boolean) => void
}

/** The controls at the right edge: clipboard, size, quality. */
export class Panel {
  private readonly root = element('aside', 'panel')
  private readonly handle = element('button', 'handle')
  private readonly clipboard = element('textarea', 'clipboard')

  constructor(
    parent: HTMLElement,
    private readonly texts: Texts,
    private readonly actions: Actions,
  ) {
    this.root.hidden = true
    this.root.setAttribute('aria-label', texts.controls)
    this.handle.type = 'button'
    this.handle.textContent = '⚙'
    this.handle.setAttribute('aria-label', texts.open)
    this.handle.setAttribute('aria-expanded', 'false')
    this.handle.addEventListener('click', () => this.toggle())
    this.root.addEventListener('keydown', (event) => {
      event.stopPropagation()
      if (event.key === 'Escape') this.toggle()
    })
    this.root.append(this.clipboardPart(), this.fitPart(), this.qualityPart(), ...this.buttons())
    parent.append(this.handle, this.root)
  }

  toggle(): void {
    const isOpen = this.root.hidden
    this.root.hidden = !isOpen
    this.handle.setAttribute('aria-expanded', String(isOpen))
    if (isOpen) this.clipboard.focus()
    else this.handle.blur()
    this.actions.shown(isOpen)
  }

  /** The portal's toolbar opens it then. */
  hideHandle(): void {
    this.handle.hidden = true
  }

  showCopied(text: string): void {
    if (document.activeElement !== this.clipboard) this.clipboard.value = text
  }

  private clipboardPart(): HTMLElement {
    const label = element('label')
    const hint = element('p', 'hint')
    hint.id = 'clipboard-hint'
    hint.textContent = this.texts.clipboardHint
    this.clipboard.rows = 5
    this.clipboard.spellcheck = false
    this.clipboard.setAttribute('aria-describedby', hint.id)
    this.clipboard.addEventListener('change', () => this.actions.paste(this.clipboard.value))
    label.append(this.texts.clipboard, this.clipboard)
    const part = element('div')
    part.append(label, hint)
    return part
  }

  private fitPart(): HTMLElement {
    const label = element('label', 'row')
    const box = element('input')
    box.type = 'checkbox'
    box.checked = true
    box.addEventListener('change', () => this.actions.fit(box.checked))
    label.append(box, this.texts.fit)
    return label
  }

  private qualityPart(): HTMLElement {
    const label = element('label')
    const range = element('input')
    range.type = 'range'
    range.min = '0'
    range.max = '9'
    range.value = '6'
    range.addEventListener('change', () => this.actions.quality(Number(range.value)))
    label.append(this.texts.quality, range)
    return label
  }

  private buttons(): HTMLElement[] {
    return (
      [
        [this.texts.secureKeys, () => this.actions.secureKeys()],
        [this.texts.close, () => this.toggle()],
      ] as const
    ).map(([text, act]) => {
      const button = element('button', 'wide')
      button.type = 'button'
      button.textContent = text
      button.addEventListener('click', act)
      return button
    })
  }
}

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  made.className = className
  return made
}
