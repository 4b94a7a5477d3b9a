import { Button, Group, Text } from '@mantine/core'
import { IconBan, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import type { Agent } from '@/api/types'
import { Section } from '@/components/section'

import { useAgentActions } from './use-agent-actions'

/** What cuts an agent off. */
export function AgentDanger({ agent, onGone }: { agent: Agent; onGone: () => void }) {
  const { t } = useTranslation()
  const { plain } = useAgentActions()
  const remove = async () => {
    if (await plain([agent], 'remove')) onGone()
  }
  return (
    <Section title={t('agents.danger')} danger>
      <Text fz="sm" c="dimmed" mb="md">
        {t('agents.dangerText')}
      </Text>
      <Group gap="xs">
        {agent.approvalStatus !== 'rejected' && (
          <Button
            variant="default"
            leftSection={<IconBan size={16} />}
            onClick={() => void plain([agent], 'reject')}
          >
            {t('agents.reject')}
          </Button>
        )}
        <Button color="red.8" leftSection={<IconTrash size={16} />} onClick={() => void remove()}>
          {t('agents.remove')}
        </Button>
      </Group>
    </Section>
  )
}
