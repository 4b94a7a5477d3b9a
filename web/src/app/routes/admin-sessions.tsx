import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { PageHeader } from '@/components/page'
import { SessionsView } from '@/features/sessions/components/sessions-view'

const route = getRouteApi('/signed-in/admin/sessions')

export function AdminSessionsPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <PageHeader title={t('nav.sessions')} text={t('sessions.adminText')} />
      <SessionsView
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
        everybody
        canShowEverybody={false}
      />
    </>
  )
}
