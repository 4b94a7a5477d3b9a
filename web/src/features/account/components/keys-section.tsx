import { Button, Code, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { ApiKey } from '@/api/types'
import { useConfirm } from '@/components/confirm'
import { notifyDone, useNotifyError } from '@/components/notify'
import { Grow, Row, Rows, Section } from '@/components/section'
import { Badge } from '@/components/state-badge'
import { EmptyState, ErrorState } from '@/components/states'
import { TimeAgo } from '@/components/time-ago'
import { formatMoment, useLanguage } from '@/lib/format'
import { useNow } from '@/lib/now'

import { keysQuery, useRevokeKey } from '../api/keys'
import { CreateKeyDialog } from './create-key-dialog'
import classes from './keys-section.module.css'

export function KeysSection() {
  const { t } = useTranslation()
  const query = useQuery(keysQuery())
  const [creating, setCreating] = useState(false)
  const create = (
    <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setCreating(true)}>
      {t('account.keys.create')}
    </Button>
  )
  if (query.isPending) {
    return (
      <Stack gap="sm">
        <Skeleton h={76} radius="lg" />
        <Skeleton h={76} radius="lg" />
      </Stack>
    )
  }
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  // Those that work first, then by age.
  const keys = query.data.apiKeys.toSorted(
    (a, b) => Number(b.active) - Number(a.active) || b.createdAt.localeCompare(a.createdAt),
  )
  return (
    <>
      {keys.length === 0 ? (
        <EmptyState
          icon={IconKey}
          title={t('account.keys.none')}
          text={t('account.keys.noneText')}
          action={create}
        />
      ) : (
        <Section flush title={t('account.keys.title')} text={t('account.keys.text')} actions={create}>
          <Rows>
            {keys.map((key) => (
              <KeyRow key={key.id} apiKey={key} />
            ))}
          </Rows>
        </Section>
      )}
      <CreateKeyDialog opened={creating} onClose={() => setCreating(false)} />
    </>
  )
}

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const revoke = useRevokeKey()
  const ask = async () => {
    const yes = await confirm({
      title: t('account.keys.revokeTitle', { name: apiKey.name }),
      text: t('account.keys.revokeText'),
      confirm: t('account.keys.revoke'),
    })
    if (!yes) return
    revoke.mutate(apiKey.id, {
      onError: notifyError,
      onSuccess: () => notifyDone(t('account.keys.revoked', { name: apiKey.name })),
    })
  }
  return (
    <Row>
      <Grow>
        <Group gap="0 10px">
          <Text fz="sm" fw={500} maw="100%" truncate title={apiKey.name}>
            {apiKey.name}
          </Text>
          <KeyState apiKey={apiKey} />
        </Group>
        {apiKey.description && (
          <Text fz="xs" c="dimmed" lineClamp={2}>
            {apiKey.description}
          </Text>
        )}
        <div className={classes.scopes}>
          <Code fz="xs">{apiKey.prefix}…</Code>
          {apiKey.scopes.map((scope) => (
            <span key={scope} className={classes.scope}>
              {scope === '*' ? t('account.keys.everything') : scope}
            </span>
          ))}
        </div>
        <Text fz="xs" c="dimmed" mt={4}>
          {apiKey.lastUsedAt ? (
            <>
              {t('account.lastUsed')} <TimeAgo at={apiKey.lastUsedAt} />
              {apiKey.lastUsedIp && ` · ${apiKey.lastUsedIp}`}
            </>
          ) : (
            t('account.keys.unused')
          )}
          {apiKey.allowedIps.length > 0 &&
            ` · ${t('account.keys.only', { list: apiKey.allowedIps.join(', ') })}`}
        </Text>
      </Grow>
      {apiKey.active && (
        <Button
          size="xs"
          variant="default"
          loading={revoke.isPending}
          aria-label={t('account.keys.revokeThis', { name: apiKey.name })}
          onClick={() => void ask()}
        >
          {t('account.keys.revoke')}
        </Button>
      )}
    </Row>
  )
}

function KeyState({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useNow(60_000)
  if (apiKey.revokedAt) return <Badge tone="quiet" text={t('account.keys.isRevoked')} />
  if (!apiKey.expiresAt)
    return apiKey.active ? null : <Badge tone="quiet" text={t('account.keys.inactive')} />
  const left = Date.parse(apiKey.expiresAt) - now
  if (left <= 0) return <Badge tone="quiet" text={t('account.keys.expired')} />
  const soon = left < 7 * 86_400_000
  return (
    <Badge
      tone={soon ? 'warn' : 'quiet'}
      text={t('account.keys.until', { moment: formatMoment(apiKey.expiresAt, language) })}
    />
  )
}
