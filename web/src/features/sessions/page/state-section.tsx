import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconClockExclamation, IconMoonStars } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import type { Session } from '@/api/types'
import { Section } from '@/components/section'
import { StateBadge } from '@/components/state-badge'
import { TimeAgo } from '@/components/time-ago'
import { formatDuration, useLanguage } from '@/lib/format'
import { useNow } from '@/lib/now'

import { adviceOn } from '../advice'
import { LogText } from '../components/log-text'
import { useStartAgain } from '../components/use-start-again'
import { WaitText } from '../components/wait-text'
import { warningsOf } from '../deadlines'
import classes from './state-section.module.css'

/** What a session does now, what it waits for, and what went wrong. */
export function StateSection({ session }: { session: Session }) {
  const { t } = useTranslation()
  return (
    <Section title={t('session.state')}>
      <Stack gap="sm">
        <Group gap="sm">
          <StateBadge state={session.state} />
          <Text fz="sm" c="dimmed">
            <TimeAgo at={session.terminatedAt ?? session.updatedAt} />
          </Text>
        </Group>
        {session.status.message && session.state !== 'failed' && (
          <Text fz="sm">{session.status.message}</Text>
        )}
        <WaitText session={session} />
        <Deadlines session={session} />
        <Attempts session={session} />
        {session.state === 'failed' && <Failure session={session} />}
      </Stack>
    </Section>
  )
}

function Deadlines({ session }: { session: Session }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useNow(1000)
  return warningsOf(session, now).map(({ kind, at }) => (
    <Alert
      key={kind}
      color="yellow"
      icon={kind === 'idle' ? <IconMoonStars size={18} /> : <IconClockExclamation size={18} />}
    >
      <span className="tabular">
        {t(`watch.warning.${kind}`, { time: formatDuration(Math.max(0, at - now), language) })}
      </span>
    </Alert>
  ))
}

/** Each try to start it, with its machine and what went wrong. */
function Attempts({ session }: { session: Session }) {
  const { t } = useTranslation()
  if (session.attempts.length < 2 && !session.attempts.some((one) => one.code)) return null
  return (
    <ol className={classes.attempts} aria-label={t('sessionPage.attempts')}>
      {session.attempts.map((attempt, index) => (
        <li key={attempt.at} data-bad={attempt.code ? true : undefined}>
          <Text fz="sm" fw={500}>
            {t('sessionPage.attempt', { number: index + 1, agent: attempt.agentId })}{' '}
            <Text component="span" fz="xs" c="dimmed" fw={400}>
              <TimeAgo at={attempt.at} />
            </Text>
          </Text>
          {attempt.code && (
            <Text fz="sm" c="dimmed">
              {attempt.message ?? attempt.code}
            </Text>
          )}
        </li>
      ))}
    </ol>
  )
}

function Failure({ session }: { session: Session }) {
  const { t } = useTranslation()
  const { again, busy } = useStartAgain(session)
  return (
    <Stack gap="sm">
      <Alert color="red" icon={<IconAlertTriangle size={18} />} role="alert">
        <Text fz="sm" fw={500}>
          {session.reason?.message ?? session.status.message ?? t('viewer.failedText')}
        </Text>
        <Text fz="sm" mt={4}>
          {t(`advice.${adviceOn(session.reason?.code)}`)}
        </Text>
      </Alert>
      {session.reason?.logTail && (
        <div>
          <Text fz="xs" c="dimmed" mb={6}>
            {t('viewer.lastLines')}
          </Text>
          <LogText text={session.reason.logTail} />
        </div>
      )}
      <Group>
        <Button loading={busy} onClick={again}>
          {t('action.tryAgain')}
        </Button>
      </Group>
    </Stack>
  )
}
