import { queryOptions } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import { ApiError } from '@/api/errors'
import type { components } from '@/api/schema'
import type { Connection } from '@/api/types'
import { refetchMs } from '@/lib/live-status'

import { sharingKeys } from './keys'

type Schemas = components['schemas']
export type SharedSession = Schemas['SharedSessionOut']
export type Invitation = Schemas['InvitationOut']
export type GuestPass = Schemas['GuestOut']

/** While it does not run; those who take part are not told of each change. */
const WAITING_MS = 3000

const path = (id: string) => ({ path: { session_id: id } })

/** The sessions of others that I may take part in. */
export function sharedQuery() {
  return queryOptions({
    queryKey: sharingKeys.mine(),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/me/shared-sessions', { signal })),
    refetchInterval: refetchMs,
  })
}

export function sharedSessionQuery(id: string) {
  return queryOptions({
    queryKey: sharingKeys.one(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/me/shared-sessions/{session_id}', { params: path(id), signal })),
    retry: (failures, error) => !(error instanceof ApiError && error.status === 404) && failures < 2,
    refetchInterval: (query) => {
      if (query.state.error) return false
      return query.state.data?.state === 'running' ? refetchMs() : WAITING_MS
    },
  })
}

export function connectShared(id: string): Promise<Connection> {
  return unwrap(api.POST('/api/v1/me/shared-sessions/{session_id}/connect', { params: path(id) }))
}

/** What a link leads to; it is not opened by this. */
export function invitationQuery(token: string) {
  return queryOptions({
    queryKey: [...sharingKeys.all, 'invitation', token],
    queryFn: ({ signal }) => unwrap(api.POST('/api/v1/shares/preview', { body: { token }, signal })),
    retry: (failures, error) => !(error instanceof ApiError && error.status > 0) && failures < 2,
  })
}

export async function redeem(token: string): Promise<SharedSession> {
  return (await unwrap(api.POST('/api/v1/shares/redeem', { body: { token } }))).session
}

export function joinAsGuest(token: string, name: string): Promise<GuestPass> {
  return unwrap(api.POST('/api/v1/shares/join', { body: { token, name } }))
}
