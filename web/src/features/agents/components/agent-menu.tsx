import { ActionIcon, Menu } from '@mantine/core'
import {
  IconBan,
  IconCheck,
  IconDots,
  IconDropletOff,
  IconDroplet,
  IconLock,
  IconLockOpen,
  IconPencil,
  IconServer2,
  IconTrash,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import type { Agent } from '@/api/types'

import { stateOf } from '../state'
import { useAgentActions } from './use-agent-actions'

interface Props {
  agent: Agent
  canManage: boolean
  onEdit: () => void
  onDrain: () => void
}

/** What can be done with one agent, wherever it is shown. */
export function AgentMenu({ agent, canManage, onEdit, onDrain }: Props) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('agents.actionsOf', { name: agent.agentId })}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconServer2 size={16} />}
          renderRoot={(props) => <Link to="/admin/agents/$id" params={{ id: agent.agentId }} {...props} />}
        >
          {t('action.open')}
        </Menu.Item>
        {canManage && <ManageItems agent={agent} onEdit={onEdit} onDrain={onDrain} />}
      </Menu.Dropdown>
    </Menu>
  )
}

function ManageItems({ agent, onEdit, onDrain }: Pick<Props, 'agent' | 'onEdit' | 'onDrain'>) {
  const { t } = useTranslation()
  const { plain } = useAgentActions()
  const state = stateOf(agent)
  const approved = agent.approvalStatus === 'approved'
  return (
    <>
      <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
        {t('agents.edit')}
      </Menu.Item>
      {!approved && (
        <Menu.Item leftSection={<IconCheck size={16} />} onClick={() => void plain([agent], 'approve')}>
          {t('agents.approve')}
        </Menu.Item>
      )}
      {approved &&
        (agent.cordoned ? (
          <Menu.Item leftSection={<IconLockOpen size={16} />} onClick={() => void plain([agent], 'uncordon')}>
            {t('agents.uncordon')}
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconLock size={16} />} onClick={() => void plain([agent], 'cordon')}>
            {t('agents.cordon')}
          </Menu.Item>
        ))}
      {approved &&
        (agent.draining ? (
          <Menu.Item
            leftSection={<IconDropletOff size={16} />}
            onClick={() => void plain([agent], 'undrain')}
          >
            {t('agents.undrain')}
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconDroplet size={16} />} onClick={onDrain}>
            {t('agents.drainDots')}
          </Menu.Item>
        ))}
      <Menu.Divider />
      {state !== 'rejected' && (
        <Menu.Item
          color="red"
          leftSection={<IconBan size={16} />}
          onClick={() => void plain([agent], 'reject')}
        >
          {t('agents.reject')}
        </Menu.Item>
      )}
      <Menu.Item
        color="red"
        leftSection={<IconTrash size={16} />}
        onClick={() => void plain([agent], 'remove')}
      >
        {t('agents.remove')}
      </Menu.Item>
    </>
  )
}
