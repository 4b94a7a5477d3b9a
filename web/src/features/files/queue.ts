import { ApiError, toApiError } from '@/api/errors'
import { backoffMs } from '@/lib/backoff'

import { accessTo, type Access } from './api/access'
import { beginUpload, cancelUpload, sendPiece } from './api/files'
import { join } from './paths'

export const PIECE_BYTES = 8 * 2 ** 20
const AT_ONCE = 2
const MOST_TRIES = 8
const SPEED_OVER_MS = 3000

export interface Upload {
  key: number
  name: string
  path: string
  size: number
  sent: number
  /** `interrupted` goes on by itself. */
  state: 'waiting' | 'running' | 'interrupted' | 'paused' | 'done' | 'failed'
  bytesPerSecond: number | null
  error: ApiError | null
}

export interface Picked {
  file: File
  /** Below the folder it was dropped on, with the folders it was dropped in. */
  path: string
}

interface Work {
  file: File
  id: string | null
  stop: AbortController | null
}

/** The uploads into one session. They go on while the panel is closed, and end with the page. */
export class UploadQueue {
  private uploads: readonly Upload[] = []
  private readonly work = new Map<number, Work>()
  private readonly listeners = new Set<() => void>()
  private next = 1

  constructor(
    private readonly access: Access,
    private readonly onArrived: (path: string) => void = () => undefined,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly list = (): readonly Upload[] => this.uploads

  /** Whether something would be lost if the page were closed now. */
  busy(): boolean {
    return this.uploads.some((one) => one.state !== 'done' && one.state !== 'failed')
  }

  add(picked: readonly Picked[], folder: string): void {
    const added = picked.map(({ file, path }): Upload => {
      const key = this.next++
      this.work.set(key, { file, id: null, stop: null })
      return {
        key,
        name: file.name,
        path: join(folder, path),
        size: file.size,
        sent: 0,
        state: 'waiting',
        bytesPerSecond: null,
        error: null,
      }
    })
    this.tell([...this.uploads, ...added])
    this.go()
  }

  pause(key: number): void {
    this.change(key, { state: 'paused', bytesPerSecond: null })
    this.work.get(key)?.stop?.abort()
    this.go()
  }

  resume(key: number): void {
    this.change(key, { state: 'waiting', error: null })
    this.go()
  }

  /** Takes an upload away, with what has arrived of it. */
  cancel(key: number): void {
    const held = this.work.get(key)
    const unfinished = this.uploads.find((one) => one.key === key)?.state !== 'done'
    this.work.delete(key)
    this.tell(this.uploads.filter((one) => one.key !== key))
    held?.stop?.abort()
    if (held?.id && unfinished) void cancelUpload(this.access, held.id).catch(() => undefined)
    this.go()
  }

  clearDone(): void {
    this.tell(this.uploads.filter((one) => one.state !== 'done'))
  }

  private go(): void {
    const running = this.uploads.filter(
      (one) => one.state === 'running' || one.state === 'interrupted',
    ).length
    const waiting = this.uploads
      .filter((one) => one.state === 'waiting')
      .slice(0, Math.max(0, AT_ONCE - running))
    for (const one of waiting) {
      this.change(one.key, { state: 'running' })
      void this.run(one.key).finally(() => this.go())
    }
  }

  private async run(key: number): Promise<void> {
    const held = this.work.get(key)
    if (!held) return
    const stop = (held.stop = new AbortController())
    for (let failures = 0; ;) {
      try {
        await this.send(key, held, stop.signal, () => (failures = 0))
        return
      } catch (error) {
        if (isOver(stop.signal)) return
        failures += 1
        const problem = toApiError(error)
        if (!isMomentary(problem) || failures >= MOST_TRIES) {
          this.change(key, { state: 'failed', error: problem, bytesPerSecond: null })
          return
        }
        this.change(key, { state: 'interrupted', bytesPerSecond: null })
        await pauseFor(
          problem.retryAfterSeconds ? problem.retryAfterSeconds * 1000 : backoffMs(failures),
          stop.signal,
        )
        if (isOver(stop.signal)) return
      }
    }
  }

  private async send(key: number, held: Work, signal: AbortSignal, onProgress: () => void): Promise<void> {
    const path = this.uploads.find((one) => one.key === key)?.path ?? held.file.name
    let told = await beginUpload(this.access, held.file, path, signal)
    held.id = told.id
    const meter = new Meter(told.offset)
    while (!told.done) {
      const { offset } = told
      this.change(key, { state: 'running', sent: offset })
      told = await sendPiece({
        access: this.access,
        id: told.id,
        offset,
        piece: held.file.slice(offset, offset + PIECE_BYTES),
        onSent: (bytes) => {
          const sent = Math.min(held.file.size, offset + bytes)
          if (!signal.aborted) this.change(key, { sent, bytesPerSecond: meter.at(sent) })
        },
        signal,
      })
      onProgress()
    }
    // Where the name was taken, it arrived under another.
    const name = told.path.split('/').at(-1) ?? held.file.name
    this.change(key, { state: 'done', sent: held.file.size, bytesPerSecond: null, path: told.path, name })
    this.work.delete(key)
    this.onArrived(told.path)
  }

  private change(key: number, fields: Partial<Upload>): void {
    this.tell(this.uploads.map((one) => (one.key === key ? { ...one, ...fields } : one)))
  }

  private tell(uploads: readonly Upload[]): void {
    this.uploads = uploads
    for (const listener of this.listeners) listener()
  }
}

/** What a moment may heal: a network that is away, a gateway that restarts, a token that was replaced. */
function isMomentary(problem: ApiError): boolean {
  const codes = ['bad_offset', 'busy', 'revoked', 'unauthorized']
  return (
    problem.status === 0 ||
    problem.status === 429 ||
    (problem.status >= 502 && problem.status <= 504) ||
    codes.includes(problem.code)
  )
}

const isOver = (signal: AbortSignal): boolean => signal.aborted

function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer)
      window.removeEventListener('online', over)
      signal.removeEventListener('abort', over)
      resolve()
    }
    const timer = setTimeout(over, ms)
    window.addEventListener('online', over)
    signal.addEventListener('abort', over)
  })
}

/** How fast it went over the last seconds. */
export class Meter {
  private readonly marks: [number, number][]

  constructor(
    start: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.marks = [[this.now(), start]]
  }

  at(sent: number): number | null {
    const now = this.now()
    this.marks.push([now, sent])
    while (this.marks.length > 2 && now - (this.marks[0]?.[0] ?? now) > SPEED_OVER_MS) this.marks.shift()
    const [began, first] = this.marks[0] ?? [now, sent]
    return now - began < 200 ? null : ((sent - first) / (now - began)) * 1000
  }
}

const queues = new Map<string, UploadQueue>()
let warned = false

/** The queue of a session, kept while the page lives. */
export function queueOf(sessionId: string, onArrived: (path: string) => void): UploadQueue {
  let queue = queues.get(sessionId)
  if (!queue) {
    queue = new UploadQueue(accessTo(sessionId), onArrived)
    queues.set(sessionId, queue)
  }
  if (!warned) {
    warned = true
    window.addEventListener('beforeunload', (event) => {
      if ([...queues.values()].some((one) => one.busy())) event.preventDefault()
    })
  }
  return queue
}
