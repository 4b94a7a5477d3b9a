import { getRouteApi } from '@tanstack/react-router'

import { OrganizationView } from '@/features/organizations/components/organization-view'

const route = getRouteApi('/signed-in/admin/organizations/$id')

export function AdminOrganizationPage() {
  const { id } = route.useParams()
  return <OrganizationView key={id} id={id} />
}
