import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { PageHeader } from '@/components/page'
import { CreateOrganization } from '@/features/organizations/components/create-organization'
import { OrganizationsView } from '@/features/organizations/components/organizations-view'
import { may } from '@/lib/authorization'

const route = getRouteApi('/signed-in/admin/organizations')

export function AdminOrganizationsPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [creating, setCreating] = useState(false)
  const canManage = may(useMe(), 'organizations:manage')
  return (
    <>
      <PageHeader
        title={t('nav.organizations')}
        text={t('organizations.text')}
        actions={
          canManage && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
              {t('organizations.create')}
            </Button>
          )
        }
      />
      <OrganizationsView
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
        onCreate={canManage ? () => setCreating(true) : undefined}
      />
      {creating && (
        <CreateOrganization
          onClose={() => setCreating(false)}
          onDone={({ id }) => void navigate({ to: '/admin/organizations/$id', params: { id } })}
        />
      )}
    </>
  )
}
