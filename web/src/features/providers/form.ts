import type { OrgRole } from '@/api/admin-types'

import type { GroupRule, Kind, Preset, Provider, ProviderFields } from './api/providers'

/** Everything the form holds, as its fields show it. */
export interface Values {
  displayName: string
  name: string
  issuer: string
  clientId: string
  clientSecret: string
  scopes: string[]
  groupsClaim: string
  usernameClaim: string
  metadataUrl: string
  metadataXml: string
  wantResponseSigned: boolean
  allowUnsolicited: boolean
  emailAttribute: string
  nameAttribute: string
  usernameAttribute: string
  groupsAttribute: string
  subjectAttribute: string
  listed: boolean
  jit: boolean
  trustMfa: boolean
  trustEmail: boolean
  defaultOrgRole: OrgRole
  allowedDomains: string[]
  allowedGroups: string[]
  groupRules: GroupRule[]
  recheckMinutes: number
  sessionHours: number
}

const OIDC = ['issuer', 'clientId', 'clientSecret', 'scopes', 'groupsClaim', 'usernameClaim'] as const
const SAML = [
  'metadataUrl',
  'metadataXml',
  'wantResponseSigned',
  'allowUnsolicited',
  'emailAttribute',
  'nameAttribute',
  'usernameAttribute',
  'groupsAttribute',
  'subjectAttribute',
] as const
const COMMON = [
  'displayName',
  'listed',
  'jit',
  'trustMfa',
  'trustEmail',
  'defaultOrgRole',
  'allowedDomains',
  'allowedGroups',
  'groupRules',
  'recheckMinutes',
  'sessionHours',
] as const

export const EMPTY: Values = {
  displayName: '',
  name: '',
  issuer: '',
  clientId: '',
  clientSecret: '',
  scopes: ['openid', 'profile', 'email'],
  groupsClaim: '',
  usernameClaim: '',
  metadataUrl: '',
  metadataXml: '',
  wantResponseSigned: false,
  allowUnsolicited: false,
  emailAttribute: '',
  nameAttribute: '',
  usernameAttribute: '',
  groupsAttribute: '',
  subjectAttribute: '',
  listed: true,
  jit: true,
  trustMfa: false,
  trustEmail: false,
  defaultOrgRole: 'user',
  allowedDomains: [],
  allowedGroups: [],
  groupRules: [],
  recheckMinutes: 15,
  sessionHours: 12,
}

/** SAML has no word for a verified address: without trust in it, nobody who comes so has one. */
export function trustsEmail(kind: Kind): boolean {
  return kind === 'saml'
}

export function fromPreset(preset: Preset, kind: Kind): Values {
  return {
    ...EMPTY,
    trustEmail: trustsEmail(kind),
    displayName: preset.name === 'generic' ? '' : preset.displayName,
    name: preset.name === 'generic' ? '' : preset.name,
    issuer: preset.issuer,
    scopes: preset.scopes,
    groupsClaim: preset.groupsClaim,
    metadataUrl: preset.metadataUrl,
  }
}

export function fromProvider(provider: Provider): Values {
  const { config } = provider
  const value = (key: string): unknown =>
    config[key] ?? config[key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]
  const text = (key: string): string => {
    const found = value(key)
    return typeof found === 'string' ? found : ''
  }
  const scopes = value('scopes')
  return {
    ...EMPTY,
    displayName: provider.displayName,
    name: provider.name,
    issuer: text('issuer'),
    clientId: text('clientId'),
    scopes: Array.isArray(scopes) ? scopes.map(String) : [],
    groupsClaim: text('groupsClaim'),
    usernameClaim: text('usernameClaim'),
    metadataUrl: text('metadataUrl'),
    wantResponseSigned: value('wantResponseSigned') === true,
    allowUnsolicited: value('allowUnsolicited') === true,
    emailAttribute: text('emailAttribute'),
    nameAttribute: text('nameAttribute'),
    usernameAttribute: text('usernameAttribute'),
    groupsAttribute: text('groupsAttribute'),
    subjectAttribute: text('subjectAttribute'),
    listed: provider.listed,
    jit: provider.jit,
    trustMfa: provider.trustMfa,
    trustEmail: provider.trustEmail,
    defaultOrgRole: provider.defaultOrgRole,
    allowedDomains: provider.allowedDomains,
    allowedGroups: provider.allowedGroups,
    groupRules: provider.groupRules,
    recheckMinutes: provider.recheckMinutes,
    sessionHours: provider.sessionHours,
  }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** A rule that gives nothing, or to nobody, is none. */
function rulesOf(rules: GroupRule[]): GroupRule[] {
  return rules
    .map((rule) => ({
      claim: rule.claim.trim(),
      ...(rule.groupName ? { groupName: rule.groupName } : {}),
      ...(rule.orgRole ? { orgRole: rule.orgRole } : {}),
      ...(rule.role ? { role: rule.role } : {}),
    }))
    .filter((rule) => rule.claim !== '' && Object.keys(rule).length > 1)
}

/** What is to be sent: of a known provider what has changed; secrets only if they were typed. */
export function toFields(kind: Kind, values: Values, known?: Values): ProviderFields {
  const clean: Values = { ...values, groupRules: rulesOf(values.groupRules) }
  const before = known && { ...known, groupRules: rulesOf(known.groupRules) }
  const keys = [...COMMON, ...(kind === 'oidc' ? OIDC : SAML)]
  return Object.fromEntries(
    keys
      .filter((key) => (before ? !same(clean[key], before[key]) : clean[key] !== ''))
      .filter((key) => (key !== 'clientSecret' && key !== 'metadataXml') || clean[key] !== '')
      .map((key) => [key, clean[key]]),
  )
}

/** What a preset leaves for the administrator to fill in, such as `{tenant}`. */
export function gapsIn(address: string): string[] {
  return [...address.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
}

/** The addresses a provider must be told, before there is one. */
export function futureAddresses(kind: Kind, name: string, origin: string): Record<string, string> {
  const here = `${origin}/api/v1/auth/${kind}/${name || '…'}`
  return kind === 'oidc'
    ? {
        redirectUri: `${here}/callback`,
        backchannelLogoutUri: `${here}/backchannel-logout`,
        postLogoutRedirectUri: `${origin}/login`,
      }
    : { entityId: `${here}/metadata`, acsUrl: `${here}/acs`, sloUrl: `${here}/slo` }
}
