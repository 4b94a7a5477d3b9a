import { expect, test } from 'vitest'

import { stepsOf } from './progress'

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString()

test('steps before the last one are done and know how long they took', () => {
  const steps = stepsOf([
    { phase: 'accepted', at: at(0) },
    { phase: 'sent', at: at(0.5) },
    { phase: 'sandbox', at: at(2) },
  ])
  expect(steps.map((step) => step.status)).toEqual([
    'done',
    'done',
    'current',
    'waiting',
    'waiting',
    'waiting',
    'waiting',
  ])
  expect(steps.slice(0, 3).map((step) => step.tookMs)).toEqual([500, 1500, null])
})

test('a skipped step is done without a time', () => {
  const steps = stepsOf([
    { phase: 'accepted', at: at(0) },
    { phase: 'engine', at: at(3) },
  ])
  expect(steps[2]).toMatchObject({ phase: 'sandbox', status: 'done', tookMs: null })
  expect(steps[0]?.tookMs).toBe(3000)
})

test('an image is a step of those starts only that had to wait for it', () => {
  const waited = stepsOf([
    { phase: 'sent', at: at(0) },
    { phase: 'image', at: at(1) },
    { phase: 'sandbox', at: at(31) },
  ])
  expect(waited.find((step) => step.phase === 'image')).toMatchObject({ status: 'done', tookMs: 30_000 })
  expect(stepsOf([{ phase: 'sandbox', at: at(0) }]).some((step) => step.phase === 'image')).toBe(false)
})

test('only the last start counts', () => {
  const steps = stepsOf([
    { phase: 'accepted', at: at(0) },
    { phase: 'ready', at: at(5) },
    { phase: 'accepted', at: at(100) },
    { phase: 'sent', at: at(101) },
  ])
  expect(steps.find((step) => step.status === 'current')?.phase).toBe('sent')
})

test('nothing reported yet is the first step', () => {
  expect(stepsOf([])[0]?.status).toBe('current')
})

test('ready ends it', () => {
  expect(stepsOf([{ phase: 'ready', at: at(1) }]).every((step) => step.status === 'done')).toBe(true)
})
