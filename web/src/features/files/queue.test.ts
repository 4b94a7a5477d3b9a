import { http, HttpResponse } from 'msw'
import { beforeEach, expect, test, vi } from 'vitest'

import { server } from '@/test/server'

import { Access } from './api/access'
import { Meter, PIECE_BYTES, UploadQueue, type Upload } from './queue'

const GATE = `${window.location.origin}/f/s1`
const ACCESS = '*/api/v1/sessions/s1/files/access'

/** The session's side: what has arrived, and what it is told to answer. */
class Session {
  arrived = 0
  begun: URLSearchParams[] = []
  cancelled: string[] = []
  granted = 0
  answers: (() => Response)[] = []

  constructor(readonly size: number) {
    server.use(
      http.post(ACCESS, () => {
        this.granted += 1
        return HttpResponse.json({
          url: GATE,
          token: `t${this.granted}`,
          expiresAt: new Date(Date.now() + 600_000).toISOString(),
          upload: true,
          download: true,
          maxUploadBytes: 2 ** 31,
        })
      }),
      http.post(`${GATE}/uploads`, ({ request }) => {
        this.begun.push(new URL(request.url).searchParams)
        return HttpResponse.json(this.told(), { status: 201 })
      }),
      http.patch(`${GATE}/uploads/u1`, async ({ request }) => {
        const answer = this.answers.shift()
        if (answer) return answer()
        expect(Number(request.headers.get('upload-offset'))).toBe(this.arrived)
        this.arrived += (await request.arrayBuffer()).byteLength
        return HttpResponse.json(this.told())
      }),
      http.delete(`${GATE}/uploads/u1`, () => {
        this.cancelled.push('u1')
        return new HttpResponse(null, { status: 204 })
      }),
    )
  }

  private told() {
    return {
      id: 'u1',
      offset: this.arrived,
      size: this.size,
      path: 'docs/a.bin',
      done: this.arrived === this.size,
    }
  }
}

const refusal = (status: number, error: string) => () =>
  HttpResponse.json({ error, message: `It is ${error}.` }, { status })

const fileOf = (size: number) => new File([new Uint8Array(size)], 'a.bin', { lastModified: 5 })

async function settled(queue: UploadQueue, state: Upload['state']): Promise<Upload> {
  return vi.waitFor(() => {
    const [upload] = queue.list()
    expect(upload?.state).toBe(state)
    return upload as Upload
  }, 10_000)
}

beforeEach(() => {
  // No test waits for a network that comes back.
  vi.spyOn(Math, 'random').mockReturnValue(0)
})

test('a file goes over in pieces and arrives', async () => {
  const session = new Session(PIECE_BYTES + 5)
  const arrived: string[] = []
  const queue = new UploadQueue(new Access('s1'), (path) => arrived.push(path))
  queue.add([{ file: fileOf(session.size), path: 'a.bin' }], 'docs')
  expect(queue.busy()).toBe(true)
  expect(await settled(queue, 'done')).toMatchObject({ sent: session.size, path: 'docs/a.bin' })
  expect(arrived).toEqual(['docs/a.bin'])
  expect(queue.busy()).toBe(false)
  expect(Object.fromEntries(session.begun[0] ?? [])).toMatchObject({
    path: 'docs/a.bin',
    size: String(session.size),
    mark: '5',
    conflict: 'number',
  })
  queue.clearDone()
  expect(queue.list()).toEqual([])
})

test('what broke off goes on where it was, with a new token where the old one was refused', async () => {
  const session = new Session(10)
  session.arrived = 4
  session.answers = [refusal(401, 'revoked')]
  const queue = new UploadQueue(new Access('s1'))
  queue.add([{ file: fileOf(10), path: 'a.bin' }], '')
  await settled(queue, 'done')
  expect(session.arrived).toBe(10)
  expect(session.granted).toBe(2)
})

test('a refusal is told in its own words and can be tried again', async () => {
  const session = new Session(10)
  session.answers = [refusal(507, 'no_space')]
  const queue = new UploadQueue(new Access('s1'))
  queue.add([{ file: fileOf(10), path: 'a.bin' }], '')
  const upload = await settled(queue, 'failed')
  expect(upload.error?.message).toBe('It is no_space.')
  queue.resume(upload.key)
  await settled(queue, 'done')
})

test('two go at once, the others wait; a paused one goes on when asked', () => {
  const session = new Session(0)
  server.use(http.post(`${GATE}/uploads`, () => new Promise<never>(() => undefined)))
  const queue = new UploadQueue(new Access('s1'))
  queue.add(
    [1, 2, 3].map((number) => ({ file: fileOf(1), path: `${number}` })),
    '',
  )
  expect(queue.list().map((one) => one.state)).toEqual(['running', 'running', 'waiting'])
  queue.pause(1)
  expect(queue.list().map((one) => one.state)).toEqual(['paused', 'running', 'running'])
  queue.resume(1)
  expect(queue.list()[0]?.state).toBe('waiting')
  queue.cancel(2)
  expect(queue.list().map((one) => [one.key, one.state])).toEqual([
    [1, 'running'],
    [3, 'running'],
  ])
  expect(session.cancelled).toEqual([])
})

test('a cancelled one is forgotten by the session too', async () => {
  const session = new Session(10)
  session.answers = [refusal(403, 'policy_upload')]
  const queue = new UploadQueue(new Access('s1'))
  queue.add([{ file: fileOf(10), path: 'a.bin' }], '')
  const upload = await settled(queue, 'failed')
  queue.cancel(upload.key)
  await vi.waitFor(() => expect(session.cancelled).toEqual(['u1']))
})

test('the speed is that of the last seconds', () => {
  let now = 0
  const meter = new Meter(0, () => now)
  now = 100
  expect(meter.at(1000)).toBeNull()
  now = 1000
  expect(meter.at(2000)).toBe(2000)
  now = 5000
  meter.at(2000)
  now = 9000
  expect(meter.at(2000)).toBe(0)
})
