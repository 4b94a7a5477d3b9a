import { Button } from '@mantine/core'
import { IconCheck, IconDroplet, IconDropletOff, IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import type { Agent } from '@/api/types'
import { BackLink } from '@/components/back-link'
import { Columns, DetailHead, DetailSkeleton } from '@/components/detail'
import { ErrorState } from '@/components/states'
import { may } from '@/lib/authorization'

import { agentQuery } from '../api/agent'
import { AgentBadge, AgentIcon } from './agent-badge'
import { AgentCommands } from './agent-commands'
import { AgentDanger } from './agent-danger'
import { AgentFacts } from './agent-facts'
import { AgentKeys } from './agent-keys'
import { AgentMenu } from './agent-menu'
import { AgentNow } from './agent-now'
import { AgentSessions } from './agent-sessions'
import { AgentUsage } from './agent-usage'
import { DrainDialog } from './drain-dialog'
import { EditDialog } from './edit-dialog'
import { Heard } from './heard'
import { useAgentActions } from './use-agent-actions'

/** Everything about one agent. */
export function AgentView({ id, onGone }: { id: string; onGone: () => void }) {
  const { t } = useTranslation()
  const canManage = may(useMe(), 'agents:manage')
  const query = useQuery(agentQuery(id))
  const agent = query.data
  return (
    <>
      <BackLink to="/admin/agents" label={t('nav.agents')} />
      {query.isPending && <DetailSkeleton />}
      {!agent && query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {agent && (
        <>
          <Head agent={agent} canManage={canManage} />
          <Columns
            left={
              <>
                <AgentNow agent={agent} />
                <AgentUsage id={id} />
                <AgentSessions agent={agent} />
              </>
            }
            right={
              <>
                <AgentFacts agent={agent} />
                <AgentCommands agent={agent} canManage={canManage} />
                <AgentKeys agent={agent} canManage={canManage} />
                {canManage && <AgentDanger agent={agent} onGone={onGone} />}
              </>
            }
          />
        </>
      )}
    </>
  )
}

function Head({ agent, canManage }: { agent: Agent; canManage: boolean }) {
  const { t } = useTranslation()
  const { plain } = useAgentActions()
  const [open, setOpen] = useState<'edit' | 'drain' | null>(null)
  const approved = agent.approvalStatus === 'approved'
  return (
    <>
      <DetailHead
        picture={<AgentIcon agent={agent} size={30} />}
        title={agent.agentId}
        text={
          <>
            <AgentBadge agent={agent} /> · <Heard agent={agent} />
          </>
        }
        actions={
          canManage && (
            <>
              {!approved && (
                <Button leftSection={<IconCheck size={16} />} onClick={() => void plain([agent], 'approve')}>
                  {t('agents.approve')}
                </Button>
              )}
              {approved && !agent.draining && (
                <Button
                  variant="default"
                  leftSection={<IconDroplet size={16} />}
                  onClick={() => setOpen('drain')}
                >
                  {t('agents.drainDots')}
                </Button>
              )}
              {approved && agent.draining && (
                <Button
                  leftSection={<IconDropletOff size={16} />}
                  onClick={() => void plain([agent], 'undrain')}
                >
                  {t('agents.undrain')}
                </Button>
              )}
              <Button
                variant="default"
                leftSection={<IconPencil size={16} />}
                onClick={() => setOpen('edit')}
              >
                {t('agents.edit')}
              </Button>
              <AgentMenu
                agent={agent}
                canManage={canManage}
                onEdit={() => setOpen('edit')}
                onDrain={() => setOpen('drain')}
              />
            </>
          )
        }
      />
      {open === 'edit' && <EditDialog agent={agent} onClose={() => setOpen(null)} />}
      {open === 'drain' && <DrainDialog agents={[agent]} onClose={() => setOpen(null)} />}
    </>
  )
}
