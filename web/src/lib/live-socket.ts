import { backoffMs } from './backoff'
import type { LiveStatus } from './live-status'

const SIGNED_OUT = 4401

interface Options {
  url: () => string
  onMessage: (message: unknown) => void
  onStatus: (status: LiveStatus) => void
  /** The server hung up without a welcome, or said that the login is over. */
  onRefused: () => void
  random?: () => number
}

/** A WebSocket that comes back by itself, later and later, and at once when the network or the tab returns. */
export class LiveSocket {
  private socket: WebSocket | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private attempt = 0
  private stopped = true
  private hiddenAt: number | null = null

  constructor(private readonly options: Options) {}

  start(): void {
    if (!this.stopped) return
    this.stopped = false
    window.addEventListener('online', this.reconnectNow)
    document.addEventListener('visibilitychange', this.onVisibility)
    this.connect()
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
    window.removeEventListener('online', this.reconnectNow)
    document.removeEventListener('visibilitychange', this.onVisibility)
    this.drop()
  }

  private connect(): void {
    this.options.onStatus(this.attempt === 0 ? 'connecting' : 'down')
    const socket = new WebSocket(this.options.url())
    this.socket = socket
    let welcomed = false
    socket.onmessage = (event: MessageEvent<unknown>) => {
      // Not when it opens: a socket that is refused opens too, so that its close can say why.
      if (!welcomed) {
        welcomed = true
        this.attempt = 0
        this.options.onStatus('open')
      }
      if (typeof event.data !== 'string') return
      let message: unknown
      try {
        message = JSON.parse(event.data)
      } catch {
        return
      }
      this.options.onMessage(message)
    }
    socket.onclose = (event: CloseEvent) => {
      if (this.socket !== socket) return
      this.socket = null
      if (!welcomed || event.code === SIGNED_OUT) this.options.onRefused()
      this.attempt += 1
      this.options.onStatus('down')
      this.timer = setTimeout(
        () => this.connect(),
        backoffMs(this.attempt - 1, { random: this.options.random }),
      )
    }
  }

  private drop(): void {
    const socket = this.socket
    this.socket = null
    socket?.close()
  }

  private readonly reconnectNow = (): void => {
    clearTimeout(this.timer)
    this.drop()
    this.connect()
  }

  private readonly onVisibility = (): void => {
    if (document.hidden) {
      this.hiddenAt = Date.now()
      return
    }
    // A laptop that slept holds a socket that looks open and is dead; asking anew costs one request.
    const away = this.hiddenAt === null ? 0 : Date.now() - this.hiddenAt
    this.hiddenAt = null
    if (this.socket === null || away > 60_000) this.reconnectNow()
  }
}
