/** How the viewer's stream is doing, as data. `use-stream` does what it asks for; nothing here has effects. */

export type Phase =
  /** The session is not running, so no stream is wanted. */
  | 'idle'
  /** A ticket is being asked for. */
  | 'connecting'
  /** The frame loads; no open stream was seen yet. */
  | 'opening'
  | 'live'
  /** The stream is lost; the next try comes after a pause. */
  | 'broken'
  /** This person may not see the screen; trying again would not help. */
  | 'denied'
  /** Somebody ended this very connection; a new one is opened only when asked for. */
  | 'closed'

export interface Stream {
  phase: Phase
  /** What the frame shows. It stays while the stream is broken, so that the last picture does. */
  url: string | null
  /** A new one makes a new frame. */
  generation: number
  connectionId: string | null
  /** Whose name stands over the picture, where the policy asks for it. */
  watermark: string | null
  /** Bad looks at the stream in a row. */
  misses: number
  /** Tries since the stream last worked. */
  attempt: number
  openedAt: number
  wasLive: boolean
}

export type StreamEvent =
  | { type: 'wanted' }
  | { type: 'unwanted' }
  | { type: 'connected'; url: string; connectionId: string | null; watermark: string | null; at: number }
  /** The session is not ready, or the control plane is away. */
  | { type: 'refused' }
  | { type: 'denied' }
  | { type: 'closed' }
  /** The gateway does not let this connection in. */
  | { type: 'shutOut'; at: number }
  | { type: 'seen'; open: number; reachable: boolean; at: number; hidden: boolean }
  | { type: 'unseen'; at: number }
  | { type: 'retry' }

export const MISSES_UNTIL_BROKEN = 2
export const MISSES_UNTIL_UNREACHABLE = 4
/** A cold engine page needs a while before its stream opens. */
export const OPENING_MS = 20_000

export const initialStream: Stream = {
  phase: 'idle',
  url: null,
  generation: 0,
  connectionId: null,
  watermark: null,
  misses: 0,
  attempt: 0,
  openedAt: 0,
  wasLive: false,
}

function broken(stream: Stream): Stream {
  return { ...stream, phase: 'broken', misses: 0, attempt: stream.attempt + 1 }
}

function missed(stream: Stream, at: number): Stream {
  if (stream.phase === 'opening') {
    return at - stream.openedAt > OPENING_MS ? broken(stream) : stream
  }
  if (stream.phase !== 'live') return stream
  const misses = stream.misses + 1
  return misses >= MISSES_UNTIL_BROKEN ? broken(stream) : { ...stream, misses }
}

/** The gateway itself did not answer, so a page that is only slow to open is not the reason. */
function unreachable(stream: Stream, at: number): Stream {
  if (stream.phase !== 'opening') return missed(stream, at)
  const misses = stream.misses + 1
  return misses >= MISSES_UNTIL_UNREACHABLE ? broken(stream) : { ...stream, misses }
}

export function streamReducer(stream: Stream, event: StreamEvent): Stream {
  switch (event.type) {
    case 'wanted':
      return stream.phase === 'idle' ? { ...stream, phase: 'connecting', attempt: 0, misses: 0 } : stream
    case 'unwanted':
      return { ...initialStream, generation: stream.generation }
    case 'connected':
      if (stream.phase !== 'connecting') return stream
      return {
        ...stream,
        phase: 'opening',
        url: event.url,
        connectionId: event.connectionId,
        watermark: event.watermark,
        generation: stream.generation + 1,
        openedAt: event.at,
        misses: 0,
      }
    case 'refused':
      return stream.phase === 'connecting' ? broken(stream) : stream
    case 'denied':
      return stream.phase === 'connecting' ? { ...stream, phase: 'denied', url: null } : stream
    case 'closed':
      return { ...stream, phase: 'closed', url: null, connectionId: null }
    case 'shutOut':
      // Whoever let this person in says at once whether they still do; before the frame is there, nobody is let in.
      return stream.phase === 'live'
        ? { ...stream, phase: 'connecting', misses: 0 }
        : unreachable(stream, event.at)
    case 'seen': {
      if (!['opening', 'live', 'broken'].includes(stream.phase)) return stream
      if (event.reachable && event.open > 0) {
        return stream.phase === 'live' && stream.misses === 0
          ? stream
          : { ...stream, phase: 'live', misses: 0, attempt: 0, wasLive: true }
      }
      // A hidden tab may rightly have closed its stream.
      return event.hidden && event.reachable ? stream : missed(stream, event.at)
    }
    case 'unseen':
      return unreachable(stream, event.at)
    case 'retry':
      return stream.phase === 'broken' || stream.phase === 'closed'
        ? { ...stream, phase: 'connecting' }
        : stream
  }
}

/** Whether to say over the picture that the connection is lost. */
export function isInterrupted(stream: Stream): boolean {
  if (stream.phase === 'broken') return true
  return stream.wasLive && (stream.phase === 'connecting' || stream.phase === 'opening')
}
