import { Button, Select, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconFilterOff, IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { DataTable, TableSkeleton, type Column } from '@/components/data-table'
import { Badge } from '@/components/state-badge'
import { EmptyState, ErrorState } from '@/components/states'
import { TableFoot } from '@/components/table-foot'
import { TimeAgo } from '@/components/time-ago'

import { auditQuery, type AuditEntry } from '../api/audit'
import { isFiltered, OUTCOMES, type AuditSearch } from '../filter'
import { AuditDetail } from './audit-detail'
import classes from './audit-view.module.css'

export const OUTCOME_TONES = { ok: 'ok', denied: 'warn', failed: 'bad' } as const

interface Props {
  search: AuditSearch
  onSearch: (search: AuditSearch) => void
}

/** Who did what, the newest first. */
export function AuditView({ search, onSearch }: Props) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(auditQuery(search))
  const [open, setOpen] = useState<AuditEntry | null>(null)
  const entries = query.data?.pages.flatMap((page) => page.logs) ?? []
  const total = query.data?.pages[0]?.total ?? entries.length
  const set = (change: AuditSearch) => onSearch({ ...search, ...change })
  const columns: Column<AuditEntry>[] = [
    {
      key: 'action',
      label: t('audit.action'),
      cell: (entry) => (
        <>
          <UnstyledButton className={classes.action} title={entry.action} onClick={() => setOpen(entry)}>
            {entry.action}
          </UnstyledButton>
          <Text fz="xs" c="dimmed" truncate>
            {/* Where its own column has no room. */}
            <span className={classes.narrow}>
              {entry.actorName ?? t(`audit.kinds.${entry.actorKind}`)} ·{' '}
            </span>
            {[entry.resourceType, entry.resourceId].filter(Boolean).join(' ')}
          </Text>
        </>
      ),
    },
    {
      key: 'who',
      label: t('audit.who'),
      width: 190,
      from: 'sm',
      cell: (entry) => (
        <>
          <Text fz="sm" truncate title={entry.actorName ?? undefined}>
            {entry.actorName ?? t(`audit.kinds.${entry.actorKind}`)}
          </Text>
          {entry.actorName && entry.actorKind !== 'user' && (
            <Text fz="xs" c="dimmed">
              {t(`audit.kinds.${entry.actorKind}`)}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'outcome',
      label: t('audit.outcome'),
      width: 120,
      cell: (entry) => (
        <Badge tone={OUTCOME_TONES[entry.outcome]} text={t(`audit.outcomes.${entry.outcome}`)} />
      ),
    },
    {
      key: 'ip',
      label: t('audit.address'),
      width: 150,
      from: 'lg',
      cell: (entry) => (
        <Text fz="sm" c="dimmed" truncate title={entry.ip ?? undefined}>
          {entry.ip ?? '–'}
        </Text>
      ),
    },
    {
      key: 'at',
      label: t('audit.when'),
      width: 150,
      from: 'md',
      cell: (entry) => (
        <Text fz="sm" c="dimmed" component="span">
          <TimeAgo at={entry.at} />
        </Text>
      ),
    },
  ]
  return (
    <Stack gap="md">
      <div className={classes.filters}>
        <TextFilter
          id="search"
          label={t('audit.user')}
          value={search.user}
          onChange={(user) => set({ user })}
        />
        <TextFilter
          label={t('audit.action')}
          placeholder={t('audit.actionExample')}
          value={search.action}
          onChange={(action) => set({ action })}
        />
        <TextFilter
          label={t('audit.resource')}
          value={search.resource}
          onChange={(resource) => set({ resource })}
        />
        <TextFilter label={t('audit.address')} value={search.ip} onChange={(ip) => set({ ip })} />
        <Select
          className={classes.day}
          label={t('audit.outcome')}
          placeholder={t('audit.any')}
          clearable
          data={OUTCOMES.map((value) => ({ value, label: t(`audit.outcomes.${value}`) }))}
          value={search.outcome ?? null}
          onChange={(outcome) => set({ outcome: outcome ?? undefined })}
        />
        <TextInput
          className={classes.day}
          type="date"
          label={t('audit.from')}
          max={search.to}
          value={search.from ?? ''}
          onChange={(event) => set({ from: event.currentTarget.value || undefined })}
        />
        <TextInput
          className={classes.day}
          type="date"
          label={t('audit.to')}
          min={search.from}
          value={search.to ?? ''}
          onChange={(event) => set({ to: event.currentTarget.value || undefined })}
        />
      </div>
      {query.isPending && <TableSkeleton />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && entries.length === 0 && (
        <EmptyState
          icon={isFiltered(search) ? IconFilterOff : IconHistory}
          title={isFiltered(search) ? t('people.noneFound') : t('audit.none')}
          text={isFiltered(search) ? t('audit.noneFoundText') : t('audit.noneText')}
          action={
            isFiltered(search) && (
              <Button variant="default" onClick={() => onSearch({})}>
                {t('action.clearFilters')}
              </Button>
            )
          }
        />
      )}
      {entries.length > 0 && (
        <DataTable
          label={t('nav.audit')}
          rows={entries}
          columns={columns}
          id={(entry) => String(entry.seq)}
        />
      )}
      {entries.length > 0 && (
        <TableFoot
          text={t('audit.shown', { count: total, shown: entries.length })}
          hasMore={query.hasNextPage}
          loading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      )}
      <AuditDetail entry={open} onClose={() => setOpen(null)} onFilter={set} />
    </Stack>
  )
}

function TextFilter({
  id,
  label,
  placeholder,
  value = '',
  onChange,
}: {
  id?: string
  label: string
  placeholder?: string
  value?: string
  onChange: (value: string | undefined) => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  const [known, setKnown] = useState(value)
  // The address changed by other means, such as the back button.
  if (known !== value) {
    setKnown(value)
    setText(value)
  }
  const tell = useDebouncedCallback((next: string) => {
    setKnown(next)
    onChange(next || undefined)
  }, 350)
  return (
    <TextInput
      className={classes.field}
      id={id}
      label={label}
      placeholder={placeholder ?? t('audit.any')}
      maxLength={200}
      spellCheck={false}
      autoCapitalize="none"
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        tell(event.currentTarget.value.trim())
      }}
    />
  )
}
