import { useTranslation } from 'react-i18next'

import { PageHeader } from '@/components/page'
import { PoolsView } from '@/features/pools/components/pools-view'

export function AdminPoolsPage() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('nav.pools')} text={t('pools.text')} />
      <PoolsView />
    </>
  )
}
