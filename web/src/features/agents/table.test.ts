import { expect, test } from 'vitest'

import { makeAgent } from '@/test/factories'

import { agentsSearch, isFiltered, type AgentsSearch } from './search'
import { regionsOf, shownAgents } from './table'

const fleet = [
  makeAgent({ agentId: 'b', platform: 'docker', region: 'us', lastHeartbeat: '2026-01-01T00:00:10Z' }),
  makeAgent({
    agentId: 'a',
    region: 'eu',
    labels: { gpu: 'yes' },
    activeSessions: 3,
    usage: { cpuPercent: 80 },
    lastHeartbeat: '2026-01-01T00:00:20Z',
  }),
  makeAgent({ agentId: 'z', approvalStatus: 'pending', status: 'offline' }),
  makeAgent({ agentId: 'c', region: 'eu', status: 'offline', usage: { cpuPercent: 5 } }),
]
const names = (search: AgentsSearch) => shownAgents(fleet, search).map((one) => one.agentId)

test('those that wait for a decision come first, the others by name', () => {
  expect(names({})).toEqual(['z', 'a', 'b', 'c'])
})

test.each<[AgentsSearch, string[]]>([
  [{ platform: 'docker' }, ['b']],
  [{ region: 'eu' }, ['a', 'c']],
  [{ state: 'offline' }, ['c']],
  [{ state: 'pending' }, ['z']],
  [{ q: 'gpu=yes' }, ['a']],
  [{ q: 'EU process' }, ['a', 'c']],
  [{ q: 'nothing' }, []],
  [{ sort: '-name' }, ['z', 'c', 'b', 'a']],
  [{ sort: '-cpu' }, ['a', 'c', 'b', 'z']],
  [{ sort: '-heard' }, ['a', 'b', 'c', 'z']],
  [{ sort: '-sessions' }, ['a', 'b', 'c', 'z']],
  [{ sort: 'state' }, ['z', 'c', 'a', 'b']],
])('shows what %o asks for', (search, found) => {
  expect(names(search)).toEqual(found)
})

test('an address that says nonsense filters nothing', () => {
  const nonsense = { q: '', platform: 'toaster', state: 7, region: null, sort: 'colour', tab: 'x' }
  const read = agentsSearch(nonsense)
  expect(Object.values(read).every((one) => one === undefined)).toBe(true)
  expect(isFiltered(read)).toBe(false)
  const good = { q: 'x', platform: 'docker', state: 'draining', region: 'eu', sort: '-heard', tab: 'tokens' }
  expect(agentsSearch(good)).toEqual(good)
})

test('regions to choose from are those there are', () => {
  expect(regionsOf(fleet)).toEqual(['eu', 'us'])
})
