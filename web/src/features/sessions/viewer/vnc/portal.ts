/**
 * What the page of a VNC session and the portal around it say to each other: the same words as the streaming engine's
 * page (platforms/process/page/page.js), so that the portal's toolbar drives both.
 */

export type FromPortal =
  { type: 'hello' } | { type: 'toggleDashboard' } | { type: 'clipboardUpdateFromUI'; text: string }

export type ToPortal =
  | { type: 'hello' }
  | { type: 'clientRoleUpdate'; role: 'controller' | 'viewer' }
  | { type: 'sidebarVisibilityChanged'; isOpen: boolean }
  | { type: 'clipboardContentUpdate'; text: string }

export function readPortalMessage(data: unknown): FromPortal | null {
  if (!isRecord(data) || !isRecord(data.streamspace)) return null
  const { type, text } = data.streamspace
  if (type === 'hello' || type === 'toggleDashboard') return { type }
  if (type === 'clipboardUpdateFromUI' && typeof text === 'string') return { type, text }
  return null
}

/** The portal, once it has said hello. Whoever is around this page is the portal: frame-ancestors lets nobody else be. */
export class Portal {
  private origin: string | null = null
  private readonly last = new Map<string, ToPortal>()

  constructor(private readonly take: (message: Exclude<FromPortal, { type: 'hello' }>) => void) {
    window.addEventListener('message', (event) => this.hear(event))
  }

  get isThere(): boolean {
    return this.origin !== null
  }

  say(message: ToPortal): void {
    this.last.set(message.type, message)
    if (this.origin !== null) window.parent.postMessage({ streamspace: message }, this.origin)
  }

  private hear(event: MessageEvent): void {
    if (window.parent === window || event.source !== window.parent) return
    const message = readPortalMessage(event.data)
    if (message === null) return
    if (message.type === 'hello') {
      this.origin = event.origin
      window.parent.postMessage({ streamspace: { type: 'hello' } satisfies ToPortal }, event.origin)
      for (const earlier of this.last.values()) {
        if (earlier.type !== 'clipboardContentUpdate') this.say(earlier)
      }
    } else if (event.origin === this.origin) {
      this.take(message)
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
