import { Stack } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { PageHeader } from '@/components/page'
import { DefaultsSection } from '@/features/quotas/components/defaults-section'
import { QuotasView } from '@/features/quotas/components/quotas-view'

const route = getRouteApi('/signed-in/admin/quotas')

export function AdminQuotasPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <PageHeader title={t('nav.quotas')} text={t('quotas.text')} />
      <Stack gap="lg">
        <DefaultsSection />
        <QuotasView search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />
      </Stack>
    </>
  )
}
