import { expect, test } from 'vitest'

import {
  initialStream,
  isInterrupted,
  OPENING_MS,
  streamReducer,
  type Stream,
  type StreamEvent,
} from './machine'

const play = (events: StreamEvent[], from: Stream = initialStream) => events.reduce(streamReducer, from)
const connected: StreamEvent = {
  type: 'connected',
  url: 'http://g/s/1/?ticket=a',
  connectionId: 'c1',
  watermark: null,
  at: 0,
}
const good: StreamEvent = { type: 'seen', open: 1, reachable: true, at: 1000, hidden: false }
const closed: StreamEvent = { type: 'seen', open: 0, reachable: true, at: 2000, hidden: false }
const live = play([{ type: 'wanted' }, connected, good])

test('a wanted stream connects, opens and is live', () => {
  expect(play([{ type: 'wanted' }]).phase).toBe('connecting')
  expect(play([{ type: 'wanted' }, connected])).toMatchObject({
    phase: 'opening',
    generation: 1,
    connectionId: 'c1',
  })
  expect(live.phase).toBe('live')
  expect(isInterrupted(live)).toBe(false)
})

test('one bad look is no break, two are', () => {
  expect(play([closed], live).phase).toBe('live')
  expect(play([closed, good, closed], live).phase).toBe('live')
  const broken = play([closed, closed], live)
  expect(broken).toMatchObject({ phase: 'broken', attempt: 1, url: live.url })
  expect(isInterrupted(broken)).toBe(true)
})

test('an unreachable session breaks, and so does a gateway that does not answer', () => {
  const unreachable: StreamEvent = { type: 'seen', open: 1, reachable: false, at: 2000, hidden: false }
  expect(play([unreachable, unreachable], live).phase).toBe('broken')
  expect(
    play(
      [
        { type: 'unseen', at: 1 },
        { type: 'unseen', at: 2 },
      ],
      live,
    ).phase,
  ).toBe('broken')
})

test('a gateway that goes away while the frame opens is not waited for', () => {
  const opening = play([{ type: 'wanted' }, connected])
  const unseen = (at: number): StreamEvent => ({ type: 'unseen', at })
  expect(play([unseen(1), unseen(2), unseen(3)], opening).phase).toBe('opening')
  expect(play([unseen(1), unseen(2), unseen(3), unseen(4)], opening).phase).toBe('broken')
})

test('a hidden tab may close its stream', () => {
  const hidden: StreamEvent = { ...closed, hidden: true }
  expect(play([hidden, hidden, hidden], live).phase).toBe('live')
})

test('a broken stream keeps its picture until the next one, and says so meanwhile', () => {
  const again = play([closed, closed, { type: 'retry' }], live)
  expect(again).toMatchObject({ phase: 'connecting', url: live.url, generation: 1 })
  expect(isInterrupted(again)).toBe(true)
  const reopened = play([{ ...connected, url: 'http://g/s/1/?ticket=b', connectionId: 'c2' }], again)
  expect(reopened).toMatchObject({ phase: 'opening', generation: 2, url: 'http://g/s/1/?ticket=b' })
  expect(isInterrupted(reopened)).toBe(true)
  expect(isInterrupted(play([good], reopened))).toBe(false)
})

test('a stream that comes back by itself is not loaded anew', () => {
  const back = play([closed, closed, good], live)
  expect(back).toMatchObject({ phase: 'live', generation: live.generation, attempt: 0 })
})

test('refusals count up so that the pauses grow', () => {
  const twice = play([{ type: 'wanted' }, { type: 'refused' }, { type: 'retry' }, { type: 'refused' }])
  expect(twice).toMatchObject({ phase: 'broken', attempt: 2, url: null })
})

test('an opening stream has its time, then breaks', () => {
  const opening = play([{ type: 'wanted' }, connected])
  expect(play([{ ...closed, at: OPENING_MS - 1 }], opening).phase).toBe('opening')
  expect(play([{ ...closed, at: OPENING_MS + 1 }], opening).phase).toBe('broken')
})

test('a session that stops running forgets its stream', () => {
  const idle = play([{ type: 'unwanted' }], live)
  expect(idle).toMatchObject({ phase: 'idle', url: null, connectionId: null })
  expect(play([{ type: 'retry' }, good, closed], idle).phase).toBe('idle')
})

test('a screen that one may not see is not asked for again', () => {
  const denied = play([{ type: 'wanted' }, { type: 'denied' }, { type: 'retry' }, good])
  expect(denied).toMatchObject({ phase: 'denied', url: null })
  expect(isInterrupted(denied)).toBe(false)
})

test('a connection that somebody ended opens again only when asked for', () => {
  const ended = play([{ type: 'closed' }, { type: 'unseen', at: 5000 }, good], live)
  expect(ended).toMatchObject({ phase: 'closed', url: null, connectionId: null })
  expect(isInterrupted(ended)).toBe(false)
  expect(play([{ type: 'retry' }], ended).phase).toBe('connecting')
})

test('who is shut out asks at once whether they may come again', () => {
  expect(play([{ type: 'shutOut', at: 2000 }], live)).toMatchObject({ phase: 'connecting', misses: 0 })
})

test('before the frame has come in, being shut out is only slow', () => {
  const shutOut: StreamEvent = { type: 'shutOut', at: 500 }
  const opening = play([{ type: 'wanted' }, connected])
  expect(play([shutOut], opening).phase).toBe('opening')
  expect(play([shutOut, shutOut, shutOut, shutOut], opening).phase).toBe('broken')
})

test('whose name stands over the picture is what the last connection said', () => {
  expect(live.watermark).toBeNull()
  const marked = play([{ type: 'wanted' }, { ...connected, watermark: 'kim' }, good])
  expect(marked.watermark).toBe('kim')
  // It stays while the picture does, and goes when a new connection has none.
  const broken = play([closed, closed], marked)
  expect(broken.watermark).toBe('kim')
  expect(play([{ type: 'retry' }, connected], broken).watermark).toBeNull()
})
