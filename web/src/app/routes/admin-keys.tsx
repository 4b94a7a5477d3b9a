import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { PageHeader } from '@/components/page'
import { OrgKeysView } from '@/features/org-keys/components/org-keys-view'

const route = getRouteApi('/signed-in/admin/keys')

export function AdminKeysPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <PageHeader title={t('nav.keys')} text={t('orgKeys.text')} />
      <OrgKeysView search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />
    </>
  )
}
