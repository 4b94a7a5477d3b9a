import { useMutation } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'

export function useSwitchOrganization() {
  return useMutation({
    mutationFn: (orgId: string) => unwrap(api.POST('/api/v1/auth/switch', { body: { orgId, cookie: true } })),
  })
}
