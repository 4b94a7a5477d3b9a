import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import type { components } from '@/api/schema'

import { sharingKeys } from './keys'

type Schemas = components['schemas']
export type Share = Schemas['ShareOut']
export type MadeShare = Schemas['MadeShareOut']
export type Invitee = Schemas['InviteeOut']
export type Permission = Share['permission']

/** What is asked for when somebody is let in; without a user it is a link. */
export interface ShareWish {
  userId?: string
  permission: Permission
  expiresIn: string
  maxUses?: number
}

const path = (id: string) => ({ path: { session_id: id } })

/** Shorter texts are no search. */
export const SHORTEST_SEARCH = 2

export function sharesQuery(sessionId: string) {
  return queryOptions({
    queryKey: sharingKeys.ofSession(sessionId),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/sessions/{session_id}/shares', { params: path(sessionId), signal })),
    refetchInterval: 60_000,
  })
}

export function inviteesQuery(sessionId: string, text: string) {
  return queryOptions({
    queryKey: sharingKeys.invitees(sessionId, text),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/sessions/{session_id}/invitees', {
          params: { ...path(sessionId), query: { search: text } },
          signal,
        }),
      ),
    enabled: text.trim().length >= SHORTEST_SEARCH,
    placeholderData: keepPreviousData,
  })
}

export function useShare(sessionId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (wish: ShareWish): Promise<MadeShare> =>
      unwrap(
        api.POST('/api/v1/sessions/{session_id}/shares', {
          params: path(sessionId),
          body: { kind: wish.userId === undefined ? 'link' : 'user', ...wish },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sharingKeys.ofSession(sessionId) }),
  })
}

export function useRevoke(sessionId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (shareId: string) =>
      unwrap(
        api.DELETE('/api/v1/sessions/{session_id}/shares/{share_id}', {
          params: { path: { session_id: sessionId, share_id: shareId } },
        }),
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: sharingKeys.ofSession(sessionId) }),
  })
}
