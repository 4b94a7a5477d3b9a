import { ActionIcon, Button, Text, Tooltip } from '@mantine/core'
import { IconTicket, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { useConfirm } from '@/components/confirm'
import { DataTable, TableSkeleton, type Column } from '@/components/data-table'
import { notifyDone, useNotifyError } from '@/components/notify'
import { Badge } from '@/components/state-badge'
import { EmptyState, ErrorState } from '@/components/states'
import { TimeAgo } from '@/components/time-ago'
import { formatMoment, useLanguage } from '@/lib/format'

import { joinTokensQuery, useRevokeJoinToken, type JoinToken } from '../api/join-tokens'
import { OrganizationName } from './organization-select'

const TONES = { usable: 'ok', used_up: 'quiet', expired: 'quiet' } as const

/** The tokens with which machines may join. Their text is nowhere any more. */
export function JoinTokens({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation()
  const query = useQuery(joinTokensQuery())
  if (query.isPending) return <TableSkeleton rows={3} />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (query.data.joinTokens.length === 0) {
    return (
      <EmptyState
        icon={IconTicket}
        title={t('join.none')}
        text={t('join.noneText')}
        action={<Button onClick={onAdd}>{t('join.create')}</Button>}
      />
    )
  }
  return <TokenTable tokens={query.data.joinTokens} />
}

function TokenTable({ tokens }: { tokens: JoinToken[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const columns: Column<JoinToken>[] = [
    {
      key: 'for',
      label: t('join.for'),
      cell: (token) => (
        <>
          <Text fz="sm" fw={500} truncate>
            {[token.platform ?? t('join.anyPlatform'), token.region].filter(Boolean).join(' · ')}
          </Text>
          <Text fz="xs" c="dimmed" truncate>
            <OrganizationName id={token.orgId} />
            {token.approve && ` · ${t('join.approves')}`}
          </Text>
        </>
      ),
    },
    {
      key: 'state',
      label: t('agents.state'),
      width: 130,
      cell: (token) => <Badge tone={TONES[token.state]} text={t(`join.states.${token.state}`)} />,
    },
    {
      key: 'left',
      label: t('join.left'),
      width: 120,
      from: 'sm',
      cell: (token) => (
        <Text fz="sm" className="tabular">
          {t('usage.of', { used: token.usesLeft, max: token.uses })}
        </Text>
      ),
    },
    {
      key: 'created',
      label: t('join.made'),
      width: 140,
      from: 'md',
      cell: (token) => (
        <Text fz="sm" c="dimmed" component="span">
          <TimeAgo at={token.createdAt} />
        </Text>
      ),
    },
    {
      key: 'expires',
      label: t('join.until'),
      width: 190,
      from: 'sm',
      cell: (token) => (
        <Text fz="sm" c="dimmed" component="span">
          {formatMoment(token.expiresAt, language)}
        </Text>
      ),
    },
  ]
  return (
    <DataTable
      label={t('join.tokens')}
      rows={tokens}
      columns={columns}
      id={(token) => token.id}
      menu={(token) => <Revoke token={token} />}
    />
  )
}

function Revoke({ token }: { token: JoinToken }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const revoke = useRevokeJoinToken()
  const usable = token.state === 'usable'
  const label = usable ? t('join.revoke') : t('action.delete')
  const run = async () => {
    const question = { title: t('join.revokeTitle'), text: t('join.revokeText'), confirm: t('join.revoke') }
    if (usable && !(await confirm(question))) return
    revoke.mutate(token.id, {
      onSuccess: () => notifyDone(t(usable ? 'join.revoked' : 'join.deleted')),
      onError: notifyError,
    })
  }
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        loading={revoke.isPending}
        aria-label={label}
        onClick={() => void run()}
      >
        <IconTrash size={17} />
      </ActionIcon>
    </Tooltip>
  )
}
