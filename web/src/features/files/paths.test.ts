import { expect, test } from 'vitest'

import { crumbs, join, nameProblem, parent } from './paths'

test('paths are made of names', () => {
  expect(join('', 'a')).toBe('a')
  expect(join('a/b', 'c')).toBe('a/b/c')
  expect(parent('a/b/c')).toBe('a/b')
  expect(parent('a')).toBe('')
  expect(crumbs('')).toEqual([])
  expect(crumbs('a/b')).toEqual([
    { name: 'a', path: 'a' },
    { name: 'b', path: 'a/b' },
  ])
})

test.each([
  ['', 'empty'],
  ['  ', 'empty'],
  ['..', 'empty'],
  ['a/b', 'slash'],
  ['there', 'taken'],
  ['new', null],
])('the name %j is %s', (name, problem) => {
  expect(nameProblem(name, ['there'])).toBe(problem)
})
