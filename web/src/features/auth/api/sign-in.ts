import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'

export function useSignIn() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: { username: string; password: string }) =>
      unwrap(api.POST('/api/v1/auth/login', { body: { ...input, cookie: true } })),
    onSuccess: () => queryClient.clear(),
  })
}
