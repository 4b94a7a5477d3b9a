import { Anchor, Code, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import { useDeviceName } from '@/components/device-name'
import { Facts } from '@/components/section'
import { Badge } from '@/components/state-badge'
import { useLanguage } from '@/lib/format'

import type { AuditEntry } from '../api/audit'
import { differences } from '../diff'
import type { AuditSearch } from '../filter'
import classes from './audit-view.module.css'

const TONES = { ok: 'ok', denied: 'warn', failed: 'bad' } as const

interface Props {
  entry: AuditEntry | null
  onClose: () => void
  onFilter: (change: AuditSearch) => void
}

/** All that is known of one entry, and what it changed. */
export function AuditDetail({ entry, onClose, onFilter }: Props) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened={entry !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={entry ? t('audit.entry', { seq: entry.seq }) : ''}
    >
      {entry && (
        <Content
          entry={entry}
          onFilter={(change) => {
            onFilter(change)
            onClose()
          }}
        />
      )}
    </Drawer>
  )
}

function Content({ entry, onFilter }: { entry: AuditEntry; onFilter: (change: AuditSearch) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const nameOf = useDeviceName()
  const filter = (text: string, change: AuditSearch) => (
    <Anchor component="button" type="button" fz="sm" ta="start" onClick={() => onFilter(change)}>
      {text}
    </Anchor>
  )
  const rows = differences(entry.changes?.before, entry.changes?.after)
  const who = entry.actorName ?? t(`audit.kinds.${entry.actorKind}`)
  const facts: [string, React.ReactNode][] = [
    [
      t('audit.when'),
      new Date(entry.at).toLocaleString(language, { dateStyle: 'full', timeStyle: 'medium' }),
    ],
    [
      t('audit.who'),
      <Group key="who" gap={6}>
        {entry.actorName ? filter(who, { user: entry.actorName }) : who}
        {entry.actorKind !== 'user' && entry.actorName && (
          <Text fz="sm" c="dimmed">
            ({t(`audit.kinds.${entry.actorKind}`)})
          </Text>
        )}
      </Group>,
    ],
    [t('audit.action'), filter(entry.action, { action: entry.action })],
    [
      t('audit.resource'),
      entry.resourceId
        ? filter(`${entry.resourceType} ${entry.resourceId}`, {
            resource: entry.resourceType,
            id: entry.resourceId,
          })
        : entry.resourceType,
    ],
  ]
  if (entry.ip) facts.push([t('audit.address'), filter(entry.ip, { ip: entry.ip })])
  if (entry.userAgent) {
    facts.push([
      t('audit.device'),
      <span key="ua" title={entry.userAgent}>
        {nameOf(entry.userAgent) || entry.userAgent}
      </span>,
    ])
  }
  if (entry.code) facts.push([t('audit.code'), <Code key="code">{entry.code}</Code>])
  if (entry.requestId) facts.push([t('error.requestId'), <Code key="id">{entry.requestId}</Code>])
  if (entry.keyId) facts.push([t('audit.keyId'), <Code key="key">{entry.keyId}</Code>])
  if (entry.hash) facts.push([t('audit.hash'), <Code key="hash">{entry.hash}</Code>])
  return (
    <Stack gap="lg">
      <Badge tone={TONES[entry.outcome]} text={t(`audit.outcomes.${entry.outcome}`)} />
      <Facts facts={facts} />
      {rows.length > 0 && (
        <div>
          <Title order={3} fz="sm" mb={6}>
            {t('audit.changes')}
          </Title>
          <table className={classes.diff}>
            <thead>
              <tr>
                <th scope="col">{t('audit.field')}</th>
                <th scope="col">{t('audit.before')}</th>
                <th scope="col">{t('audit.after')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.field} data-kind={row.kind}>
                  <td>{row.field}</td>
                  <td data-old={(row.kind !== 'same' && row.before !== null) || undefined}>
                    {row.before ?? '–'}
                  </td>
                  <td data-new={(row.kind !== 'same' && row.after !== null) || undefined}>
                    {row.after ?? '–'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Stack>
  )
}
