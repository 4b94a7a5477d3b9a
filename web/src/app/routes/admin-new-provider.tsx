import { getRouteApi } from '@tanstack/react-router'

import { NewProvider } from '@/features/providers/components/new-provider'

const route = getRouteApi('/signed-in/admin/identity-providers/new')

export function AdminNewProviderPage() {
  const { preset } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <NewProvider
      chosen={preset}
      onChoose={(next) => void navigate({ search: { preset: next } })}
      onCreated={({ id }) =>
        void navigate({
          to: '/admin/identity-providers/$id',
          params: { id },
          search: { test: true },
          replace: true,
        })
      }
    />
  )
}
