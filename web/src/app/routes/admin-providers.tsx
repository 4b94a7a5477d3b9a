import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { PageHeader } from '@/components/page'
import { ProvidersView } from '@/features/providers/components/providers-view'

export function AdminProvidersPage() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader
        title={t('nav.providers')}
        text={t('providers.text')}
        actions={
          <Button
            leftSection={<IconPlus size={16} />}
            renderRoot={(props) => <Link to="/admin/identity-providers/new" {...props} />}
          >
            {t('providers.add')}
          </Button>
        }
      />
      <ProvidersView />
    </>
  )
}
