import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { PageHeader } from '@/components/page'
import { AgentsView } from '@/features/agents/components/agents-view'
import { JoinDialog } from '@/features/agents/components/join-dialog'
import { may } from '@/lib/authorization'

export function AdminAgentsPage() {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const canManage = may(useMe(), 'agents:manage')
  return (
    <>
      <PageHeader
        title={t('nav.agents')}
        text={t('agents.text')}
        actions={
          canManage && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
              {t('agents.add')}
            </Button>
          )
        }
      />
      <AgentsView onAdd={() => setAdding(true)} />
      <JoinDialog opened={adding} onClose={() => setAdding(false)} />
    </>
  )
}
