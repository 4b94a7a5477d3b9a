import { useState } from 'react'

import { toApiError } from '@/api/errors'
import { useNow } from '@/lib/now'

/** How long the server wants to be left alone, counted down. */
export function useWait(): { waitMs: number; heed: (error: unknown) => void } {
  const [until, setUntil] = useState(0)
  const now = useNow(500)
  return {
    waitMs: Math.max(0, until - now),
    heed: (problem) => {
      const error = toApiError(problem)
      if (error.status === 429) setUntil(Date.now() + (error.retryAfterSeconds ?? 60) * 1000)
    },
  }
}
