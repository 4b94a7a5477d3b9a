import { expect, test } from 'vitest'

import { splitTimeline, toneOf } from './timeline'

const entry = (number: number, kind: string) => ({ number, kind, at: '2026-01-02T03:04:05Z' })

test('who came and left is apart from what happened, both the newest first', () => {
  const events = [entry(1, 'created'), entry(2, 'connected'), entry(3, 'running'), entry(4, 'disconnected')]
  const { happened, visits } = splitTimeline(events)
  expect(happened.map((one) => one.number)).toEqual([3, 1])
  expect(visits.map((one) => one.number)).toEqual([4, 2])
})

test('what is not known is plain', () => {
  expect(toneOf('failed')).toBe('bad')
  expect(toneOf('something new')).toBe('plain')
})
