import { expect, test } from 'vitest'

import { readEngineMessage } from './engine-message'

const say = (message: unknown) => readEngineMessage({ streamspace: message })

test('what the engine says of itself is read', () => {
  expect(say({ type: 'hello' })).toEqual({ answers: true })
  expect(say({ type: 'clientRoleUpdate', role: 'viewer' })).toEqual({ mayControl: false })
  expect(say({ type: 'clientRoleUpdate', role: 'controller' })).toEqual({ mayControl: true })
  expect(say({ type: 'sidebarVisibilityChanged', isOpen: true })).toEqual({ panelOpen: true })
})

test('anything else is dropped', () => {
  for (const other of [null, 'hello', 7, {}, { streamspace: null }, { streamspace: { type: 'command' } }]) {
    expect(readEngineMessage(other)).toBeNull()
  }
  expect(say({ type: 'sidebarVisibilityChanged', isOpen: 'yes' })).toEqual({ panelOpen: false })
})
