import { Checkbox, Table, Text, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Session } from '@/api/types'
import { AppIcon } from '@/components/app-icon'
import { StateBadge } from '@/components/state-badge'
import { TimeAgo } from '@/components/time-ago'

import { isEnded } from '../states'
import type { Sort, SortKey } from '../table'
import { SessionMenu } from './session-card'
import classes from './session-table.module.css'

const ROW_HEIGHT = 57
const ENDINGS = ['agent_unavailable', 'closed', 'max_duration', 'stopped'] as const

interface Props {
  sessions: Session[]
  sort: Sort
  onSort: (sort: Sort) => void
  selected: ReadonlySet<string>
  onSelect: (ids: ReadonlySet<string>) => void
  withUser: boolean
  selectable: boolean
}

export function SessionTable({ sessions, sort, onSort, selected, onSelect, withUser, selectable }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    setTop(box.current?.offsetTop ?? 0)
  }, [])
  // Rows outside the window are not drawn, so that a thousand scroll like ten.
  const rows = useWindowVirtualizer({
    count: sessions.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollMargin: top,
  })
  const items = rows.getVirtualItems()
  const before = (items[0]?.start ?? top) - top
  const after = rows.getTotalSize() - ((items.at(-1)?.end ?? top) - top)
  const allSelected = sessions.length > 0 && sessions.every((one) => selected.has(one.id))

  const head = (key: SortKey, label: string, className?: string) => {
    const up = sort === key
    const down = sort === `-${key}`
    return (
      <Table.Th className={className} aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}>
        <UnstyledButton className={classes.sort} onClick={() => onSort(up ? `-${key}` : key)}>
          {label}
          {up && <IconArrowUp size={13} aria-hidden />}
          {down && <IconArrowDown size={13} aria-hidden />}
        </UnstyledButton>
      </Table.Th>
    )
  }
  return (
    <div ref={box} className={classes.frame}>
      <Table className={classes.table} verticalSpacing={0} layout="fixed" aria-rowcount={sessions.length}>
        <Table.Thead>
          <Table.Tr>
            {selectable && (
              <Table.Th className={classes.check}>
                <Checkbox
                  size="xs"
                  aria-label={t('session.selectAll')}
                  checked={allSelected}
                  indeterminate={!allSelected && selected.size > 0}
                  onChange={() => onSelect(allSelected ? new Set() : new Set(sessions.map((one) => one.id)))}
                />
              </Table.Th>
            )}
            {head('application', t('session.application'))}
            {head('state', t('session.state'), classes.state)}
            {withUser && head('user', t('session.user'), classes.user)}
            {head('agent', t('session.agent'), classes.agent)}
            {head('started', selectable ? t('session.age') : t('session.endedAt'), classes.age)}
            <Table.Th className={classes.menu}>
              <span className={classes.hidden}>{t('session.actions')}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Spacer height={before} />
          {items.map(({ index }) => {
            const session = sessions[index]
            if (!session) return null
            const chosen = selected.has(session.id)
            return (
              <Row key={session.id} session={session} withUser={withUser} chosen={chosen}>
                {selectable && (
                  <Table.Td className={classes.check}>
                    <Checkbox
                      size="xs"
                      aria-label={t('session.select', { name: session.templateDisplayName })}
                      checked={chosen}
                      onChange={() => {
                        const next = new Set(selected)
                        if (!next.delete(session.id)) next.add(session.id)
                        onSelect(next)
                      }}
                    />
                  </Table.Td>
                )}
              </Row>
            )
          })}
          <Spacer height={after} />
        </Table.Tbody>
      </Table>
    </div>
  )
}

function Row({
  session,
  withUser,
  chosen,
  children,
}: {
  session: Session
  withUser: boolean
  chosen: boolean
  children: ReactNode
}) {
  const { t } = useTranslation()
  const ended = ENDINGS.find((one) => one === session.terminationReason)
  const reason =
    session.state === 'failed'
      ? session.reason?.message
      : ended && isEnded(session)
        ? t(`ending.${ended}`)
        : null
  return (
    <Table.Tr className={classes.row} data-chosen={chosen || undefined}>
      {children}
      <Table.Td>
        <div className={classes.application}>
          <AppIcon src={session.icon} name={session.templateDisplayName} size={28} />
          <div className={classes.words}>
            <Link
              className={classes.link}
              to="/sessions/$id"
              params={{ id: session.id }}
              title={session.templateDisplayName}
            >
              {session.templateDisplayName}
            </Link>
            <Text component="span" className={classes.id} title={reason ?? session.id}>
              {reason ?? session.id}
            </Text>
            <span className={classes.below}>
              <StateBadge state={session.state} />
              {withUser && <span className={classes.belowUser}>{session.user}</span>}
            </span>
          </div>
        </div>
      </Table.Td>
      <Table.Td className={classes.state}>
        <StateBadge state={session.state} />
      </Table.Td>
      {withUser && (
        <Table.Td className={classes.user}>
          <Text fz="sm" truncate title={session.user}>
            {session.user}
          </Text>
        </Table.Td>
      )}
      <Table.Td className={classes.agent}>
        <Text fz="sm" c="dimmed" truncate title={session.agentId}>
          {session.agentId || '–'}
        </Text>
      </Table.Td>
      <Table.Td className={classes.age}>
        <Text fz="sm" c="dimmed" component="span">
          <TimeAgo at={session.terminatedAt ?? session.startedAt ?? session.createdAt} />
        </Text>
      </Table.Td>
      <Table.Td className={classes.menu}>
        <SessionMenu session={session} />
      </Table.Td>
    </Table.Tr>
  )
}

function Spacer({ height }: { height: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden>
      <td style={{ height, padding: 0, border: 'none' }} />
    </tr>
  )
}
