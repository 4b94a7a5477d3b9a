import type { components } from './schema'

type Schemas = components['schemas']

export type User = Schemas['ProfileOut']
export type Template = Schemas['TemplateOut']
export type Session = Schemas['SessionOut']
export type SessionState = Schemas['State']
export type Connection = Schemas['ConnectOut']
export type Agent = Schemas['AgentOut']
export type LoginAnswer = Schemas['LoginOut']
export type LoginEntry = Schemas['LoginEntry']
export type MfaMethod = Schemas['MfaMethodOut']
export type MfaMethods = Schemas['MfaMethodList']
export type ApiKey = Schemas['KeyOut']
