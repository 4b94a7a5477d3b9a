import type { Agent } from '@/api/types'

import type { Order } from './api/agent'

const EVERY: readonly Order[] = ['ping', 'inventory', 'usage']
const SOME: readonly Order[] = ['restart', 'shutdown']

/** What an agent can be ordered by hand: how its process ends depends on who started it, the rest all can do. */
export function ordersOf(agent: Agent): Order[] {
  return [...EVERY, ...SOME.filter((order) => agent.abilities.includes(order))]
}
