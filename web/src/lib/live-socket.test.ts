import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { LiveSocket } from './live-socket'

class FakeSocket {
  static made: FakeSocket[] = []
  onclose: ((event: { code: number }) => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  close = vi.fn()
  constructor(readonly url: string) {
    FakeSocket.made.push(this)
  }
}

const latest = () => FakeSocket.made.at(-1)
let socket: LiveSocket
const onMessage = vi.fn()
const onStatus = vi.fn()
const onRefused = vi.fn()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', FakeSocket)
  FakeSocket.made = []
  for (const mock of [onMessage, onStatus, onRefused]) mock.mockClear()
  socket = new LiveSocket({ url: () => 'ws://x/', onMessage, onStatus, onRefused, random: () => 1 })
  socket.start()
})

afterEach(() => {
  socket.stop()
  vi.unstubAllGlobals()
})

test('hands on what is JSON and nothing else', () => {
  latest()?.onmessage?.({ data: '{"type":"hello"}' })
  latest()?.onmessage?.({ data: 'nonsense' })
  expect(onMessage.mock.calls).toEqual([[{ type: 'hello' }]])
  expect(onStatus).toHaveBeenLastCalledWith('open')
})

test('comes back after a while, later each time', () => {
  latest()?.onmessage?.({ data: '{"type":"hello"}' })
  latest()?.onclose?.({ code: 1006 })
  expect(onStatus).toHaveBeenLastCalledWith('down')
  expect(onRefused).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1000)
  expect(FakeSocket.made).toHaveLength(2)
  latest()?.onclose?.({ code: 1006 })
  expect(onRefused).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(1999)
  expect(FakeSocket.made).toHaveLength(2)
  vi.advanceTimersByTime(1)
  expect(FakeSocket.made).toHaveLength(3)
})

test('comes back at once when the network does', () => {
  latest()?.onclose?.({ code: 1006 })
  window.dispatchEvent(new Event('online'))
  expect(FakeSocket.made).toHaveLength(2)
})

test('stays away after stop', () => {
  const before = latest()
  socket.stop()
  before?.onclose?.({ code: 1006 })
  vi.advanceTimersByTime(60_000)
  expect(FakeSocket.made).toHaveLength(1)
})

test('a login that is over is looked at, however the socket began', () => {
  latest()?.onmessage?.({ data: '{"type":"hello"}' })
  latest()?.onclose?.({ code: 4401 })
  expect(onRefused).toHaveBeenCalledOnce()
})
