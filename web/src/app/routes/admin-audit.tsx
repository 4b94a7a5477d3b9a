import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { PageHeader } from '@/components/page'
import { AuditActions } from '@/features/audit/components/audit-actions'
import { AuditView } from '@/features/audit/components/audit-view'

const route = getRouteApi('/signed-in/admin/audit')

export function AdminAuditPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <PageHeader title={t('nav.audit')} text={t('audit.text')} actions={<AuditActions search={search} />} />
      <AuditView search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />
    </>
  )
}
