import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import type { components } from '@/api/schema'

import { peopleKeys } from './people'

export type ImportResult = components['schemas']['ImportOut']

export const LARGEST_BYTES = 1024 * 1024

export function useImportPeople() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ csv, dryRun, partial }: { csv: string; dryRun: boolean; partial: boolean }) =>
      unwrap(
        api.POST('/api/v1/users/import', {
          params: { query: { dryRun, partial } },
          // The description names no body, because this one is not JSON.
          body: csv as never,
          bodySerializer: () => csv,
          headers: { 'Content-Type': 'text/csv' },
        }),
      ),
    onSuccess: (_, { dryRun }) =>
      dryRun ? undefined : queryClient.invalidateQueries({ queryKey: peopleKeys.all }),
  })
}
