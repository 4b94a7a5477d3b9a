import { expect, test } from 'vitest'

import { area, lines, nearest, path } from './chart'

const every = 10
const samples = [0, 10, 20, 60, 70].map((at) => ({ at, value: at }))

test('a line is cut where samples are missing', () => {
  const found = lines(samples, 0, 100, 100, every)
  expect(found.map((line) => line.map((point) => point.x))).toEqual([
    [0, 0.1, 0.2],
    [0.6, 0.7],
  ])
})

test('a sample without a value cuts it too, one before the beginning is left out', () => {
  const some = [
    { at: 0, value: 1 },
    { at: 10, value: null },
    { at: 20, value: 2 },
  ]
  expect(lines(some, 0, 20, 2, every).map((line) => line.length)).toEqual([1, 1])
  expect(lines(some, 5, 20, 2, every)).toEqual([[{ x: 1, y: 1 }]])
})

test('nothing goes beyond the top, and nothing is divided by nothing', () => {
  expect(lines([{ at: 5, value: 9 }], 0, 10, 3, every)).toEqual([[{ x: 0.5, y: 1 }]])
  expect(lines([{ at: 5, value: 9 }], 0, 10, 0, every)).toEqual([[{ x: 0.5, y: 0 }]])
})

test('is drawn from the left, and filled down to the bottom', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 1, y: 1 },
  ]
  expect(path(points, 100, 50)).toBe('M0 50L100 0')
  expect(area(points, 100, 50)).toBe('M0 50L100 0L100 50L0 50Z')
  expect(area([], 100, 50)).toBe('')
  expect(path([{ x: 0.5, y: 0.5 }], 100, 50)).toBe('M50 25h0')
})

test('the nearest sample is told, if one is near', () => {
  expect(nearest(samples, 12, every)?.at).toBe(10)
  expect(nearest(samples, 40, every)).toBeNull()
  expect(nearest([], 40, every)).toBeNull()
})
