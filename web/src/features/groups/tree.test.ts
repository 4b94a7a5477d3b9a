import { expect, test } from 'vitest'

import { makeGroup } from '@/test/factories'

import { buildTree, pathTo, possibleParents, visibleRows } from './tree'

const groups = [
  makeGroup({ id: 'sales', name: 'sales', displayName: 'Sales' }),
  makeGroup({ id: 'west', name: 'west', displayName: 'West', parentId: 'sales' }),
  makeGroup({ id: 'oregon', name: 'oregon', displayName: 'Oregon', parentId: 'west' }),
  makeGroup({ id: 'east', name: 'east', displayName: 'East', parentId: 'sales' }),
  makeGroup({ id: 'orphan', name: 'orphan', displayName: 'Orphan', parentId: 'not-mine' }),
]
const shown = (closed: string[], text = '') =>
  visibleRows(buildTree(groups), new Set(closed), text).map((node) => `${node.depth} ${node.group.id}`)

test('children stand below their parent, by name; orphans at the top', () => {
  expect(shown([])).toEqual(['0 orphan', '0 sales', '1 east', '1 west', '2 oregon'])
})

test('what is closed hides what is in it', () => {
  expect(shown(['west'])).toEqual(['0 orphan', '0 sales', '1 east', '1 west'])
  expect(shown(['sales'])).toEqual(['0 orphan', '0 sales'])
})

test('a search shows the way to what it finds, closed or not', () => {
  expect(shown(['sales'], 'oreg')).toEqual(['0 sales', '1 west', '2 oregon'])
  expect(shown([], 'nobody')).toEqual([])
})

test('a circle hides nobody', () => {
  const circle = [
    makeGroup({ id: 'a', name: 'a', parentId: 'b' }),
    makeGroup({ id: 'b', name: 'b', parentId: 'a' }),
  ]
  expect(buildTree(circle).map((node) => node.group.id)).toEqual(['a', 'b'])
  expect(pathTo(circle, 'a').map((one) => one.id)).toEqual(['b'])
})

test('a group cannot be moved into itself or below', () => {
  expect(possibleParents(groups, 'sales').map((one) => one.id)).toEqual(['orphan'])
  expect(possibleParents(groups, 'west').map((one) => one.id)).toEqual(['sales', 'east', 'orphan'])
})

test('the way to a group', () => {
  expect(pathTo(groups, 'oregon').map((one) => one.id)).toEqual(['sales', 'west'])
})
