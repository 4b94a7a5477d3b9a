import { Button, Group, Text } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile, IconTerminal2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import type { LoginEntry } from '@/api/types'
import { readUserAgent } from '@/lib/user-agent'

import { useDeviceName } from './device-name'
import { Grow, Row } from './section'
import { Badge } from './state-badge'
import { TimeAgo } from './time-ago'

const METHODS = ['password', 'passkey', 'oidc', 'saml'] as const

interface Props {
  login: LoginEntry
  ending: boolean
  /** Not offered for the sign-in that asks: signing out ends it. */
  onEnd: (device: string) => void
}

/** One place where somebody is signed in. */
export function LoginRow({ login, ending, onEnd }: Props) {
  const { t } = useTranslation()
  const { browser, isMobile } = readUserAgent(login.userAgent)
  const Icon = isMobile ? IconDeviceMobile : /^[a-z]/.test(browser ?? '') ? IconTerminal2 : IconDeviceDesktop
  const device = useDeviceName()(login.userAgent) || t('account.logins.unknown')
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
          size="compact-sm"
          variant="default"
          loading={ending}
          aria-label={t('account.logins.endThis', { name: device })}
          onClick={() => onEnd(device)}
        >
          {t('account.logins.end')}
        </Button>
      )}
    </Row>
  )
}
