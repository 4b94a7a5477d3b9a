import { expect, test } from 'vitest'

import type { Provider } from './api/providers'
import { EMPTY, fromPreset, fromProvider, futureAddresses, gapsIn, toFields } from './form'

const provider: Provider = {
  id: 'p1',
  orgId: 'o1',
  kind: 'oidc',
  name: 'corp',
  displayName: 'Corp',
  preset: 'generic',
  enabled: true,
  listed: true,
  managedBy: 'platform',
  allowedDomains: [],
  allowedGroups: [],
  groupRules: [{ claim: 'staff', orgRole: 'user', groupName: null, role: null }],
  defaultOrgRole: 'user',
  jit: true,
  trustMfa: false,
  trustEmail: false,
  recheckMinutes: 15,
  sessionHours: 12,
  config: { issuer: 'https://id.example.org', client_id: 'abc', scopes: ['openid'] },
  hasSecret: true,
  loginUrl: '',
  addresses: {},
  people: 0,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
}

test('the addresses of a new SAML provider are trusted, for it has no way to vouch for them', () => {
  const preset = {
    name: 'generic',
    displayName: 'Single sign-on',
    kinds: ['oidc' as const, 'saml' as const],
    issuer: '',
    scopes: [],
    groupsClaim: '',
    metadataUrl: '',
    hint: '',
    public: false,
  }
  expect(toFields('saml', fromPreset(preset, 'saml'))).toHaveProperty('trustEmail', true)
  expect(toFields('oidc', fromPreset(preset, 'oidc'))).toHaveProperty('trustEmail', false)
})

test('of a known provider only what changed is sent, and a secret only if it was typed', () => {
  const known = fromProvider(provider)
  expect(known.clientId).toBe('abc')
  expect(toFields('oidc', known, known)).toEqual({})
  expect(toFields('oidc', { ...known, clientId: 'xyz', jit: false }, known)).toEqual({
    clientId: 'xyz',
    jit: false,
  })
  expect(toFields('oidc', { ...known, clientSecret: 's' }, known)).toEqual({ clientSecret: 's' })
})

test('an emptied field is sent, so that it becomes empty', () => {
  const known = fromProvider({ ...provider, config: { ...provider.config, groups_claim: 'groups' } })
  expect(toFields('oidc', { ...known, groupsClaim: '' }, known)).toEqual({ groupsClaim: '' })
})

test('a new one has the fields of its kind, and rules that do something', () => {
  const fields = toFields('saml', {
    ...EMPTY,
    displayName: 'X',
    metadataUrl: 'https://x/metadata',
    groupRules: [{ claim: ' a ', role: 'admin' }, { claim: 'b' }, { claim: '', orgRole: 'viewer' }],
  })
  expect(fields.groupRules).toEqual([{ claim: 'a', role: 'admin' }])
  expect(fields.metadataUrl).toBe('https://x/metadata')
  expect(fields).not.toHaveProperty('metadataXml')
  expect(fields).not.toHaveProperty('issuer')
  expect(fields).not.toHaveProperty('scopes')
})

test('finds what a preset leaves open', () => {
  expect(gapsIn('https://{host}/realms/{realm}')).toEqual(['host', 'realm'])
})

test('the addresses to tell the provider', () => {
  expect(futureAddresses('oidc', 'corp', 'https://s.example').redirectUri).toBe(
    'https://s.example/api/v1/auth/oidc/corp/callback',
  )
  expect(futureAddresses('saml', 'corp', 'https://s.example').acsUrl).toBe(
    'https://s.example/api/v1/auth/saml/corp/acs',
  )
})
