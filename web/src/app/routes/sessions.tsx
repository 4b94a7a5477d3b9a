import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { PageHeader } from '@/components/page'
import { SessionsView } from '@/features/sessions/components/sessions-view'
import { SharedList } from '@/features/shares/components/shared-list'
import { may } from '@/lib/authorization'

const route = getRouteApi('/signed-in/shell/sessions')

export function SessionsPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const canShowEverybody = may(useMe(), 'sessions:everybody')
  return (
    <>
      <PageHeader title={t('sessions.title')} text={t('sessions.text')} />
      <SessionsView
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
        everybody={canShowEverybody && search.all === true}
        canShowEverybody={canShowEverybody}
        shared={<SharedList />}
      />
    </>
  )
}
