import type { Group, Person, Quota } from '@/api/admin-types'
import type { Agent, Session, Template, User } from '@/api/types'

const at = '2026-01-02T03:04:05Z'

export function makeUser(fields: Partial<User> = {}): User {
  return {
    id: 'u1',
    orgId: 'o1',
    username: 'sam',
    email: 'sam@example.org',
    fullName: 'Sam Carter',
    role: 'user',
    orgRole: 'user',
    provider: 'local',
    active: true,
    createdAt: at,
    updatedAt: at,
    permissions: {},
    organization: { id: 'o1', name: 'acme', displayName: 'Acme', requireMfa: false },
    organizations: [{ id: 'o1', name: 'acme', displayName: 'Acme', orgRole: 'user', current: true }],
    mfa: false,
    passwordGenerated: false,
    setupRequired: false,
    ...fields,
  }
}

export function makeSession(fields: Partial<Session> = {}): Session {
  const id = fields.id ?? 'sam-xterm-1'
  return {
    id,
    name: id,
    namespace: 'default',
    orgId: 'o1',
    user: 'sam',
    userId: 'u1',
    template: 'xterm',
    templateDisplayName: 'Terminal',
    icon: '',
    state: 'running',
    platform: 'process',
    agentId: 'agent-1',
    persistentHome: true,
    createdAt: at,
    updatedAt: at,
    activeConnections: 0,
    streamingProtocol: 'selkies',
    streamingPort: 0,
    streamingPath: '',
    resources: { memory: '1Gi', cpu: '1' },
    tags: [],
    environment: {},
    status: { phase: 'Running', message: '', url: `/sessions/${id}` },
    progress: [],
    attempts: [],
    ...fields,
  }
}

export function makeTemplate(fields: Partial<Template> = {}): Template {
  const name = fields.name ?? 'xterm'
  return {
    id: `t-${name}`,
    name,
    displayName: 'Terminal',
    description: 'A plain terminal.',
    category: 'Development',
    icon: '',
    appType: 'desktop',
    streamingProtocol: 'selkies',
    tags: [],
    featured: false,
    defaultResources: { memory: '1Gi', cpu: '1' },
    available: true,
    createdAt: at,
    updatedAt: at,
    popularity: 0,
    asks: false,
    favorited: false,
    version: '1.0.0',
    source: '',
    ratingCount: 0,
    ...fields,
  }
}

export function makeAgent(fields: Partial<Agent> = {}): Agent {
  return {
    id: 'a1',
    agentId: 'agent-1',
    platform: 'process',
    status: 'online',
    approvalStatus: 'approved',
    createdAt: at,
    updatedAt: at,
    activeSessions: 0,
    metadata: {},
    abilities: [],
    keyCreatedAt: at,
    ...fields,
  }
}

export function makePerson(fields: Partial<Person> = {}): Person {
  return {
    id: 'u1',
    orgId: 'o1',
    username: 'sam',
    email: 'sam@example.org',
    fullName: 'Sam Carter',
    role: 'user',
    orgRole: 'user',
    provider: 'local',
    active: true,
    createdAt: at,
    updatedAt: at,
    groups: [],
    ...fields,
  }
}

export function makeGroup(fields: Partial<Group> = {}): Group {
  const name = fields.name ?? 'engineering'
  return {
    id: `g-${name}`,
    orgId: 'o1',
    name,
    displayName: name,
    description: '',
    type: 'team',
    parentId: null,
    memberCount: 0,
    createdAt: at,
    updatedAt: at,
    ...fields,
  }
}

export function makeQuota(fields: Partial<Quota> = {}): Quota {
  return {
    maxSessions: null,
    maxCpu: null,
    maxMemory: null,
    maxStorage: null,
    usedSessions: 0,
    usedCpu: '0',
    usedMemory: '0',
    usedStorage: '0',
    inherited: true,
    ...fields,
  }
}
