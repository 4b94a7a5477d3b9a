import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile, IconTerminal2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { LoginEntry } from '@/api/types'
import { useConfirm } from '@/components/confirm'
import { notifyDone, useNotifyError } from '@/components/notify'
import { Grow, Row, Rows, Section } from '@/components/section'
import { Badge } from '@/components/state-badge'
import { ErrorState } from '@/components/states'
import { TimeAgo } from '@/components/time-ago'

import { loginsQuery, useEndLogin, useEndOtherLogins } from '../api/logins'
import { readUserAgent } from '../user-agent'

const METHODS = ['password', 'passkey', 'oidc', 'saml'] as const

/** Where somebody is signed in, with this one first. */
export function LoginsSection() {
  const { t } = useTranslation()
  const query = useQuery(loginsQuery())
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const endOthers = useEndOtherLogins()
  if (query.isPending) {
    return (
      <Stack gap="sm">
        <Skeleton h={64} radius="lg" />
        <Skeleton h={64} radius="lg" />
      </Stack>
    )
  }
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const logins = query.data.logins.toSorted(
    (a, b) => Number(b.current) - Number(a.current) || b.lastUsedAt.localeCompare(a.lastUsedAt),
  )
  const others = logins.filter((login) => !login.current).length
  const endAll = async () => {
    const yes = await confirm({
      title: t('account.logins.endOthersTitle'),
      text: t('account.logins.endOthersText', { count: others }),
      confirm: t('account.logins.endOthers'),
    })
    if (!yes) return
    endOthers.mutate(undefined, {
      onError: notifyError,
      onSuccess: () => notifyDone(t('account.logins.ended')),
    })
  }
  return (
    <Section
      flush
      title={t('account.logins.title')}
      text={t('account.logins.text')}
      actions={
        others > 0 && (
          <Button size="xs" variant="default" loading={endOthers.isPending} onClick={() => void endAll()}>
            {t('account.logins.endOthers')}
          </Button>
        )
      }
    >
      <Rows>
        {logins.map((login) => (
          <LoginRow key={login.id} login={login} />
        ))}
      </Rows>
    </Section>
  )
}

function LoginRow({ login }: { login: LoginEntry }) {
  const { t } = useTranslation()
  const notifyError = useNotifyError()
  const end = useEndLogin()
  const { browser, system, isMobile } = readUserAgent(login.userAgent)
  const Icon = isMobile ? IconDeviceMobile : /^[a-z]/.test(browser ?? '') ? IconTerminal2 : IconDeviceDesktop
  const device =
    browser && system
      ? t('account.device', { browser, system })
      : (browser ?? system ?? t('account.logins.unknown'))
  const [first, factor] = login.method.split('+')
  const method = METHODS.find((one) => one === first)
  const how = method && t(`account.logins.method.${method}`)
  return (
    <Row>
      <Icon size={22} stroke={1.5} aria-hidden />
      <Grow>
        <Group gap={10} wrap="nowrap">
          <Text fz="sm" fw={500} truncate title={login.userAgent}>
            {device}
          </Text>
          {login.current && <Badge tone="ok" text={t('account.logins.current')} />}
        </Group>
        <Text fz="xs" c="dimmed">
          {[login.ip, how, factor && t('account.logins.method.mfa')].filter(Boolean).join(' · ')}
        </Text>
        <Text fz="xs" c="dimmed">
          {t('account.logins.since')} <TimeAgo at={login.createdAt} /> · {t('account.lastUsed')}{' '}
          <TimeAgo at={login.lastUsedAt} />
        </Text>
      </Grow>
      {!login.current && (
        <Button
          size="xs"
          variant="default"
          loading={end.isPending}
          aria-label={t('account.logins.endThis', { name: device })}
          onClick={() => end.mutate(login.id, { onError: notifyError })}
        >
          {t('account.logins.end')}
        </Button>
      )}
    </Row>
  )
}
