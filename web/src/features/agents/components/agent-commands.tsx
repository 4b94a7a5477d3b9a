import { Button, Code, Collapse, Group, Menu, Skeleton, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconSend } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Agent } from '@/api/types'
import { useConfirm } from '@/components/confirm'
import { notifyDone, useNotifyError } from '@/components/notify'
import { PartError } from '@/components/part-error'
import { Grow, None, Row, Rows, Section } from '@/components/section'
import { Badge } from '@/components/state-badge'
import { TimeAgo } from '@/components/time-ago'

import { commandsQuery, useOrder, type Command, type Order } from '../api/agent'
import { ordersOf } from '../orders'
import classes from './agent-commands.module.css'

const TONES: Record<Command['status'], string> = {
  pending: 'quiet',
  sent: 'busy',
  ack: 'busy',
  completed: 'ok',
  failed: 'bad',
}

/** What an agent was ordered, the newest first, and orders by hand. */
export function AgentCommands({ agent, canManage }: { agent: Agent; canManage: boolean }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(commandsQuery(agent.agentId))
  const commands = query.data?.pages.flatMap((page) => page.commands) ?? []
  return (
    <Section
      title={t('agents.commands')}
      actions={canManage && <GiveOrder agent={agent} />}
      flush={commands.length > 0}
    >
      {query.isPending && <Skeleton h={44} />}
      {query.isError && !query.data && <PartError error={query.error} />}
      {query.data && commands.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('agents.noCommands')}
        </Text>
      )}
      {commands.length > 0 && (
        <Rows>
          {commands.map((command) => (
            <CommandRow key={command.commandId} command={command} />
          ))}
        </Rows>
      )}
      {query.hasNextPage && (
        <None>
          <Button
            variant="default"
            size="xs"
            mt={12}
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('action.more')}
          </Button>
        </None>
      )}
    </Section>
  )
}

function CommandRow({ command }: { command: Command }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const more = command.errorMessage ?? (command.result ? JSON.stringify(command.result, null, 2) : null)
  return (
    <Row>
      <Grow>
        <Group gap={8} wrap="nowrap" justify="space-between">
          <Text fz="sm" fw={500} truncate>
            {t(`agents.order.${command.action}`, { defaultValue: command.action })}
          </Text>
          <Badge tone={TONES[command.status]} text={t(`agents.commandState.${command.status}`)} />
        </Group>
        <Text fz="xs" c="dimmed" truncate>
          <TimeAgo at={command.createdAt} />
          {command.sessionId && ` · ${command.sessionId}`}
          {command.requestedBy && ` · ${t('agents.byHand')}`}
        </Text>
        {more && (
          <>
            <UnstyledButton
              className={classes.toggle}
              aria-expanded={open}
              onClick={() => setOpen((was) => !was)}
            >
              {command.errorMessage ? t('agents.whatWentWrong') : t('agents.whatCame')}
              <IconChevronDown size={13} aria-hidden data-open={open || undefined} />
            </UnstyledButton>
            <Collapse expanded={open}>
              <Code block className={classes.result} tabIndex={0}>
                {more}
              </Code>
            </Collapse>
          </>
        )}
      </Grow>
    </Row>
  )
}

function GiveOrder({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const order = useOrder(agent.agentId)
  const give = async (action: Order) => {
    if (action === 'shutdown' || action === 'restart') {
      const yes = await confirm({
        title: t(`agents.orderTitle.${action}`, { name: agent.agentId }),
        text: t(`agents.orderText.${action}`),
        confirm: t(`agents.order.${action}`),
      })
      if (!yes) return
    }
    order.mutate(action, { onSuccess: () => notifyDone(t('agents.ordered')), onError: notifyError })
  }
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconSend size={14} />}
          loading={order.isPending}
          disabled={!agent.connected}
        >
          {t('agents.giveOrder')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {ordersOf(agent).map((action) => (
          <Menu.Item key={action} onClick={() => void give(action)}>
            {t(`agents.order.${action}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
