import { QueryClient } from '@tanstack/react-query'

import { ApiError, UNREACHABLE } from '@/api/errors'

function mayRetry(failures: number, error: unknown): boolean {
  const isPassing = error instanceof ApiError && (error.code === UNREACHABLE || error.status >= 500)
  return isPassing && failures < 2
}

// Whether the browser thinks it is online says nothing about a server on this machine or network.
const networkMode = 'always'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { networkMode, retry: mayRetry, retryDelay: (attempt) => 500 * 2 ** attempt, staleTime: 5000 },
    mutations: { networkMode },
  },
})
