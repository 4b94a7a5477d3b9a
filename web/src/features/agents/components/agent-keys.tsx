import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Agent } from '@/api/types'
import { useConfirm } from '@/components/confirm'
import { CopyField } from '@/components/copy-field'
import { useNotifyError } from '@/components/notify'
import { Facts, Section } from '@/components/section'
import { TimeAgo } from '@/components/time-ago'
import { formatMoment, useLanguage } from '@/lib/format'
import { useNow } from '@/lib/now'

import { useGenerateKey } from '../api/agent'
import { useAgentActions } from './use-agent-actions'

/** The key with which an agent proves itself. */
export function AgentKeys({ agent, canManage }: { agent: Agent; canManage: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useNow(30_000)
  const until = agent.previousKeyUntil
  const both = until && Date.parse(until) > now ? until : null
  return (
    <Section title={t('agents.key')}>
      <Stack gap="md">
        <Facts
          facts={[
            [t('agents.keyState'), agent.keyRevoked ? t('agents.keyRevoked') : t('agents.keyWorks')],
            [t('agents.keyMade'), <TimeAgo key="m" at={agent.keyCreatedAt} />],
            ...(agent.keyLastUsedAt
              ? [[t('agents.keyUsed'), <TimeAgo key="u" at={agent.keyLastUsedAt} />] as const]
              : []),
            ...(both
              ? [
                  [
                    t('agents.formerKey'),
                    t('agents.formerKeyUntil', { until: formatMoment(both, language) }),
                  ] as const,
                ]
              : []),
          ]}
        />
        {canManage && <KeyActions agent={agent} />}
      </Stack>
    </Section>
  )
}

function KeyActions({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  const { plain } = useAgentActions()
  const [busy, setBusy] = useState(false)
  const rotate = async () => {
    setBusy(true)
    await plain([agent], 'rotate-key')
    setBusy(false)
  }
  return (
    <Group gap="xs">
      {!agent.keyRevoked && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={14} />}
          loading={busy}
          disabled={!agent.connected}
          title={agent.connected ? undefined : t('agents.rotateNeedsIt')}
          onClick={() => void rotate()}
        >
          {t('agents.rotateKey')}
        </Button>
      )}
      <GenerateKey agent={agent} />
      {!agent.keyRevoked && (
        <Button size="xs" variant="subtle" color="red" onClick={() => void plain([agent], 'revoke-key')}>
          {t('agents.revokeKey')}
        </Button>
      )}
    </Group>
  )
}

function GenerateKey({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const generate = useGenerateKey(agent.agentId)
  const run = async () => {
    const yes = await confirm({
      title: t('agents.generateTitle', { name: agent.agentId }),
      text: t('agents.generateText'),
      confirm: t('agents.generateKey'),
    })
    if (yes) generate.mutate(undefined, { onError: notifyError })
  }
  const close = () => generate.reset()
  return (
    <>
      <Button size="xs" variant="default" loading={generate.isPending} onClick={() => void run()}>
        {t('agents.generateKey')}
      </Button>
      <Modal opened={generate.data !== undefined} onClose={close} title={t('agents.newKey')} size="lg">
        <Stack gap="md">
          <Alert color="yellow" icon={<IconAlertTriangle size={18} />}>
            {t('agents.newKeyOnce')}
          </Alert>
          <Text fz="sm">{t('agents.newKeyText')}</Text>
          <CopyField
            label={t('agents.newKey')}
            value={`STREAMSPACE_AGENT_KEY=${generate.data?.apiKey ?? ''} \\\nstreamspace agent --server ${window.location.origin} --agent-id ${agent.agentId}`}
          />
          <Group justify="flex-end">
            <Button onClick={close}>{t('action.done')}</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
