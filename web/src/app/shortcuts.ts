import { useEffect, useEffectEvent } from 'react'

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}

export const OPEN_PALETTE = 'streamspace:palette'

/** Asks for the command palette from anywhere. */
export function openPalette(): void {
  window.dispatchEvent(new Event(OPEN_PALETTE))
}

/** Ctrl/Cmd-K: palette; `/`: search; `?`: the list of shortcuts. */
export function useShortcuts({ onPalette, onHelp }: { onPalette: () => void; onHelp: () => void }): void {
  const palette = useEffectEvent(onPalette)
  const help = useEffectEvent(onHelp)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        palette()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key === '/') {
        const search = document.getElementById('search')
        if (!search) return
        event.preventDefault()
        search.focus()
      } else if (event.key === '?') {
        event.preventDefault()
        help()
      }
    }
    const onOpen = () => palette()
    window.addEventListener('keydown', onKey)
    window.addEventListener(OPEN_PALETTE, onOpen)
    return () => {
      window.removeEventListener('keydown', onKey)
      window.removeEventListener(OPEN_PALETTE, onOpen)
    }
  }, [])
}
