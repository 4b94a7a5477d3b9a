import { useNavigate } from '@tanstack/react-router'

import type { Template } from '@/api/types'
import { useNotifyError } from '@/components/notify'
import { agentRefusals, quotaRefusal, toApiError, type ApiError } from '@/api/errors'
import { useStartSession } from '@/features/sessions/api/start-session'
import { useState } from 'react'

/** Starts an application and goes to it. */
export function useLaunch() {
  const navigate = useNavigate()
  const notifyError = useNotifyError()
  const start = useStartSession()
  const [refusal, setRefusal] = useState<{ name: string; error: ApiError } | null>(null)
  const launch = (template: Template) =>
    start.mutate(
      { template: template.name },
      {
        onSuccess: (session) => void navigate({ to: '/sessions/$id', params: { id: session.id } }),
        onError: (problem) => {
          const error = toApiError(problem)
          const isExplained = agentRefusals(error).length > 0 || quotaRefusal(error) !== null
          if (isExplained) setRefusal({ name: template.displayName, error })
          else notifyError(error)
        },
      },
    )
  return {
    launch,
    launching: start.isPending ? start.variables.template : null,
    refusal,
    forgetRefusal: () => setRefusal(null),
  }
}
