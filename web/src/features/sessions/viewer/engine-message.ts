/** What the engine's page may tell us; anything else is dropped. */
export interface EngineState {
  answers?: boolean
  mayControl?: boolean
  panelOpen?: boolean
}

export function readEngineMessage(data: unknown): EngineState | null {
  if (!isRecord(data) || !isRecord(data.streamspace)) return null
  const message = data.streamspace
  switch (message.type) {
    case 'hello':
      return { answers: true }
    case 'clientRoleUpdate':
      return { mayControl: message.role === 'controller' }
    case 'sidebarVisibilityChanged':
      return { panelOpen: message.isOpen === true }
    default:
      return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
