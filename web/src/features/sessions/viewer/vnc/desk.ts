import RFB from '@novnc/novnc'

import { readClipboard, writeClipboard } from './clipboard'
import { Panel, element } from './panel'
import { Portal } from './portal'
import type { Texts } from './texts'

const RETRY_MS = [500, 1000, 2000, 4000, 8000]
const TOO_MANY_TRIES = 20

interface Role {
  controls: boolean
}

/** Where the gateway takes this session's stream, whatever the page's own address ends with. */
export function streamUrl(page: string): string {
  const url = new URL('./websockify', page)
  url.protocol = url.protocol.replace('http', 'ws')
  url.search = url.hash = ''
  return url.toString()
}

/** What this person may do, as the gateway's status says; the agent enforces it. */
export async function askRole(): Promise<Role> {
  const answer = await fetch('./.streamspace/status', { cache: 'no-store' })
  const status = (await answer.json()) as { role?: string }
  return { controls: status.role === 'controller' }
}

/** One session's screen: connects, connects again, and hands the clipboard around. */
export class Desk {
  private rfb: RFB | null = null
  private attempt = 0
  private sentToSession = ''
  private fits = true
  private quality = 6
  private readonly notice = element('div', 'notice')
  private readonly panel: Panel
  private readonly portal: Portal

  constructor(
    private readonly screen: HTMLElement,
    private readonly texts: Texts,
    private readonly role: Role,
  ) {
    this.notice.setAttribute('role', 'status')
    document.body.append(this.notice)
    this.panel = new Panel(document.body, texts, {
      paste: (text) => this.paste(text),
      fit: (fits) => this.fit(fits),
      quality: (level) => this.setQuality(level),
      secureKeys: () => this.rfb?.sendCtrlAltDel(),
      shown: (isOpen) => {
        this.portal.say({ type: 'sidebarVisibilityChanged', isOpen })
        if (!isOpen) this.rfb?.focus()
      },
    })
    this.portal = new Portal((message) => {
      if (message.type === 'toggleDashboard') this.panel.toggle()
      else this.paste(message.text)
      this.panel.hideHandle()
    })
    if (!role.controls) {
      this.panel.hideHandle()
      document.body.append(badge(texts.watching))
    }
    this.portal.say({ type: 'clientRoleUpdate', role: role.controls ? 'controller' : 'viewer' })
    window.addEventListener('focus', () => void this.offerClipboard())
  }

  connect(): void {
    this.say(this.texts.connecting)
    const rfb = new RFB(this.screen, streamUrl(window.location.href), {
      shared: true,
      wsProtocols: ['binary'],
    })
    this.rfb = rfb
    rfb.viewOnly = !this.role.controls
    rfb.focusOnClick = true
    rfb.showDotCursor = true
    rfb.background = 'transparent'
    rfb.scaleViewport = true
    rfb.resizeSession = this.fits && this.role.controls
    rfb.qualityLevel = this.quality
    rfb.addEventListener('connect', () => {
      this.attempt = 0
      this.say('')
      if (this.portal.isThere) this.panel.hideHandle()
      rfb.focus()
      void this.offerClipboard()
    })
    rfb.addEventListener('disconnect', () => this.lost())
    rfb.addEventListener('clipboard', (event) => this.copied(event.detail.text))
  }

  private lost(): void {
    this.rfb = null
    this.say(this.texts.lost)
    const wait = RETRY_MS[Math.min(this.attempt, RETRY_MS.length - 1)]
    this.attempt += 1
    if (this.attempt < TOO_MANY_TRIES) {
      setTimeout(() => this.connect(), wait)
      return
    }
    const again = element('button', 'wide')
    again.type = 'button'
    again.textContent = this.texts.again
    again.addEventListener('click', () => {
      this.attempt = 0
      this.connect()
    })
    this.notice.append(again)
  }

  private copied(text: string): void {
    this.sentToSession = text
    this.panel.showCopied(text)
    this.portal.say({ type: 'clipboardContentUpdate', text })
    void writeClipboard(text)
  }

  private async offerClipboard(): Promise<void> {
    const text = await readClipboard()
    if (text !== null && text !== '') this.paste(text)
  }

  private paste(text: string): void {
    if (text === this.sentToSession || !this.role.controls) return
    this.sentToSession = text
    this.rfb?.clipboardPasteFrom(text)
  }

  private fit(fits: boolean): void {
    this.fits = fits
    if (this.rfb !== null) this.rfb.resizeSession = fits
  }

  private setQuality(level: number): void {
    this.quality = level
    if (this.rfb !== null) this.rfb.qualityLevel = level
  }

  private say(text: string): void {
    this.notice.textContent = text
    this.notice.hidden = text === ''
  }
}

function badge(text: string): HTMLElement {
  const made = element('div', 'badge')
  made.textContent = text
  return made
}
