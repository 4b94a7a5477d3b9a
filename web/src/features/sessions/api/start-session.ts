import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'

import { applySession } from '../live'
import type { Session } from '@/api/types'

export interface StartWish {
  template: string
  resources?: { cpu: string; memory: string }
  persistentHome?: boolean
  idleTimeout?: string
  maxSessionDuration?: string
  tags?: string[]
  placement?: { region?: string; labels: Record<string, string> }
}

function startBody(input: StartWish & { like?: Session }) {
  if (!input.like) return input
  const { template, resources, persistentHome, tags } = input.like
  const environment = Object.fromEntries(
    Object.entries(input.like.environment).map(([name, value]) => [name, String(value)]),
  )
  return { template, resources, persistentHome, tags, environment }
}

/** Starts an application, or with `like` the same again. */
export function useStartSession() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (input: StartWish & { like?: Session }) => {
      const made = await unwrap(
        api.POST('/api/v1/sessions', {
          params: { header: { 'Idempotency-Key': idempotencyKey() } },
          body: startBody(input),
        }),
      )
      // Only `dryRun` is answered by something else.
      return made as Session
    },
    onSuccess: (session) => applySession(queryClient, session),
  })
}

function idempotencyKey(): string {
  // randomUUID exists in secure contexts only; the portal also runs on plain HTTP.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
