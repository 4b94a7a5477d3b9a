import { Button, Tabs } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { PageHeader } from '@/components/page'
import { FleetView } from '@/features/agents/components/fleet-view'
import { JoinDialog } from '@/features/agents/components/join-dialog'
import { JoinTokens } from '@/features/agents/components/join-tokens'
import { may } from '@/lib/authorization'

const route = getRouteApi('/signed-in/admin/agents')

export function AdminAgentsPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [adding, setAdding] = useState(false)
  const canManage = may(useMe(), 'agents:manage')
  const tab = canManage ? (search.tab ?? 'machines') : 'machines'
  const fleet = (
    <FleetView
      search={search}
      onSearch={(next) => void navigate({ search: next, replace: true })}
      onAdd={() => setAdding(true)}
    />
  )
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
      {canManage ? (
        <Tabs
          value={tab}
          onChange={(next) => void navigate({ search: next === 'tokens' ? { tab: 'tokens' } : {} })}
          keepMounted={false}
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="machines">{t('nav.agents')}</Tabs.Tab>
            <Tabs.Tab value="tokens">{t('join.tokens')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="machines">{fleet}</Tabs.Panel>
          <Tabs.Panel value="tokens">
            <JoinTokens onAdd={() => setAdding(true)} />
          </Tabs.Panel>
        </Tabs>
      ) : (
        fleet
      )}
      <JoinDialog opened={adding} onClose={() => setAdding(false)} />
    </>
  )
}
