import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { PageHeader } from '@/components/page'
import { groupsQuery } from '@/features/groups/api/groups'
import { GroupDialog } from '@/features/groups/components/group-dialog'
import { GroupsView } from '@/features/groups/components/groups-view'
import { may } from '@/lib/authorization'

const route = getRouteApi('/signed-in/admin/groups')

export function AdminGroupsPage() {
  const { t } = useTranslation()
  const { group } = route.useSearch()
  const navigate = route.useNavigate()
  const [creating, setCreating] = useState<{ parentId?: string } | null>(null)
  const groups = useQuery(groupsQuery()).data ?? []
  const canCreate = may(useMe(), 'groups:create')
  const choose = (id: string | undefined) => void navigate({ search: { group: id } })
  return (
    <>
      <PageHeader
        title={t('nav.groups')}
        text={t('groups.text')}
        actions={
          canCreate && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating({})}>
              {t('groups.create')}
            </Button>
          )
        }
      />
      <GroupsView chosen={group} onChoose={choose} onCreate={(parentId) => setCreating({ parentId })} />
      {creating && (
        <GroupDialog
          groups={groups}
          parentId={creating.parentId}
          onClose={() => setCreating(null)}
          onDone={(made) => {
            setCreating(null)
            choose(made.id)
          }}
        />
      )}
    </>
  )
}
