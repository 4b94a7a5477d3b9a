import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Agent } from '@/api/types'

import { useAgentActions } from './use-agent-actions'

/** Asks what becomes of the sessions of machines that are to be emptied. */
export function DrainDialog({ agents, onClose }: { agents: Agent[]; onClose: () => void }) {
  const { t } = useTranslation()
  const { run } = useAgentActions()
  const [evict, setEvict] = useState('stay')
  const [busy, setBusy] = useState(false)
  const sessions = agents.reduce((sum, one) => sum + (one.standing?.reserved.sessions ?? 0), 0)
  const drain = async () => {
    setBusy(true)
    await run(agents, { what: 'drain', evict: evict === 'hibernate' })
    onClose()
  }
  const name = agents.length === 1 ? (agents[0]?.agentId ?? '') : t('agents.many', { count: agents.length })
  return (
    <Modal opened onClose={onClose} title={t('agents.drainTitle', { name })}>
      <Stack gap="md">
        <Text fz="sm">{t('agents.drainText', { count: sessions })}</Text>
        <Radio.Group
          aria-label={t('agents.drainText', { count: sessions })}
          value={evict}
          onChange={setEvict}
        >
          <Stack gap="sm">
            <Radio value="stay" label={t('agents.drainStay')} description={t('agents.drainStayText')} />
            <Radio
              value="hibernate"
              label={t('agents.drainHibernate')}
              description={t('agents.drainHibernateText')}
            />
          </Stack>
        </Radio.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button loading={busy} onClick={() => void drain()}>
            {t('agents.drain')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
