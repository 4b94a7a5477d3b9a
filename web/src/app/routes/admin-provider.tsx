import { getRouteApi } from '@tanstack/react-router'

import { ProviderView } from '@/features/providers/components/provider-view'

const route = getRouteApi('/signed-in/admin/identity-providers/$id')

export function AdminProviderPage() {
  const { id } = route.useParams()
  const { test } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <ProviderView
      key={id}
      id={id}
      testAtOnce={test === true}
      onGone={() => void navigate({ to: '/admin/identity-providers' })}
    />
  )
}
