import { Button, Code, Group, Loader, Text, Title } from '@mantine/core'
import {
  IconAlertTriangle,
  IconEyeOff,
  IconMoon,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlugConnectedX,
  IconRefresh,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Session } from '@/api/types'
import { AppIcon } from '@/components/app-icon'
import { useNotifyError } from '@/components/notify'
import { TimeAgo } from '@/components/time-ago'

import { useChangeSession } from '../api/change-session'
import { adviceOn } from '../advice'
import { useSessionActions } from '../components/use-session-actions'
import { LogText } from '../components/log-text'
import { useStartAgain } from '../components/use-start-again'
import classes from './resting.module.css'
import { Stage } from './stage'

function Head({
  session,
  mark,
  title,
  children,
}: {
  session: Session
  mark?: ReactNode
  title: string
  children?: ReactNode
}) {
  return (
    <>
      <div className={classes.icon}>
        <AppIcon src={session.icon} name={session.templateDisplayName} size={64} />
        {mark && <span className={classes.mark}>{mark}</span>}
      </div>
      <div className={classes.words}>
        <Title order={1} fz="xl" ta="center" lts="-0.01em">
          {title}
        </Title>
        {children}
      </div>
    </>
  )
}

export function Hibernated({ session }: { session: Session }) {
  const { t } = useTranslation()
  const notifyError = useNotifyError()
  const change = useChangeSession()
  return (
    <Stage>
      <Head
        session={session}
        mark={<IconMoon size={16} />}
        title={t('viewer.hibernated', { name: session.templateDisplayName })}
      >
        <Text c="dimmed" fz="sm" ta="center">
          {t('viewer.hibernatedText')} <TimeAgo at={session.updatedAt} />
        </Text>
      </Head>
      <Button
        size="md"
        autoFocus
        leftSection={<IconPlayerPlay size={18} />}
        loading={change.isPending}
        onClick={() => change.mutate({ session, change: 'wake' }, { onError: notifyError })}
      >
        {t('action.wake')}
      </Button>
    </Stage>
  )
}

export function OnTheWay({ session }: { session: Session }) {
  const { t } = useTranslation()
  const name = session.templateDisplayName
  return (
    <Stage>
      <Head
        session={session}
        title={
          session.state === 'hibernating' ? t('viewer.hibernating', { name }) : t('viewer.stopping', { name })
        }
      >
        <Group gap={8} justify="center" role="status">
          <Loader size={14} color="gray" aria-hidden />
          <Text c="dimmed" fz="sm">
            {session.status.message ??
              (session.state === 'hibernating' ? t('viewer.hibernatingText') : t('viewer.stoppingText'))}
          </Text>
        </Group>
      </Head>
    </Stage>
  )
}

export function Ended({ session }: { session: Session }) {
  const { t } = useTranslation()
  const { again, busy } = useStartAgain(session)
  return (
    <Stage>
      <Head
        session={session}
        mark={<IconPlayerStop size={16} />}
        title={t('viewer.ended', { name: session.templateDisplayName })}
      >
        <Text c="dimmed" fz="sm" ta="center">
          {session.persistentHome ? t('viewer.endedHomeKept') : t('viewer.endedHomeGone')}
        </Text>
      </Head>
      <Group gap="xs">
        <Button variant="default" size="md" renderRoot={(props) => <Link to="/" {...props} />}>
          {t('nav.home')}
        </Button>
        <Button size="md" autoFocus loading={busy} leftSection={<IconPlayerPlay size={18} />} onClick={again}>
          {t('action.startAgain')}
        </Button>
      </Group>
    </Stage>
  )
}

/** What went wrong, what to do, the end of the log, and another try. */
export function Failed({ session, onShowLog }: { session: Session; onShowLog: () => void }) {
  const { t } = useTranslation()
  const { again, busy } = useStartAgain(session)
  const tail = session.reason?.logTail
  return (
    <Stage wide>
      <Head
        session={session}
        mark={<IconAlertTriangle size={16} className={classes.bad} />}
        title={
          session.startedAt
            ? t('viewer.broke', { name: session.templateDisplayName })
            : t('viewer.failed', { name: session.templateDisplayName })
        }
      >
        <Text fz="sm" ta="center" role="alert">
          {session.reason?.message ?? session.status.message ?? t('viewer.failedText')}
        </Text>
        <Text c="dimmed" fz="sm" ta="center">
          {t(`advice.${adviceOn(session.reason?.code)}`)}
        </Text>
      </Head>
      <Group gap="xs">
        <Button
          variant="default"
          size="md"
          renderRoot={(props) => <Link to="/sessions/$id/details" params={{ id: session.id }} {...props} />}
        >
          {t('action.details')}
        </Button>
        <Button variant="default" size="md" onClick={onShowLog}>
          {t('action.fullLog')}
        </Button>
        <Button size="md" autoFocus loading={busy} leftSection={<IconRefresh size={18} />} onClick={again}>
          {t('action.tryAgain')}
        </Button>
      </Group>
      {tail && (
        <div className={classes.log}>
          <Text fz="xs" c="dimmed" mb={6}>
            {t('viewer.lastLines')}
          </Text>
          <LogText text={tail} />
        </div>
      )}
      <Text fz="xs" c="dimmed">
        {t('viewer.sessionId')} <Code fz="xs">{session.id}</Code>
      </Text>
    </Stage>
  )
}

/** Somebody ended this connection; the session goes on. */
export function Closed({ session, onReconnect }: { session: Session; onReconnect: () => void }) {
  const { t } = useTranslation()
  return (
    <Stage>
      <Head
        session={session}
        mark={<IconPlugConnectedX size={16} />}
        title={t('watch.closed', { name: session.templateDisplayName })}
      >
        <Text c="dimmed" fz="sm" ta="center">
          {t('watch.closedText')}
        </Text>
      </Head>
      <Group gap="xs">
        <Button variant="default" size="md" renderRoot={(props) => <Link to="/" {...props} />}>
          {t('nav.home')}
        </Button>
        <Button size="md" autoFocus leftSection={<IconRefresh size={18} />} onClick={onReconnect}>
          {t('viewer.reconnectNow')}
        </Button>
      </Group>
    </Stage>
  )
}

/** Somebody else's screen: it can be looked after, not looked at. */
export function Denied({ session, onShowLog }: { session: Session; onShowLog: () => void }) {
  const { t } = useTranslation()
  const act = useSessionActions()
  return (
    <Stage>
      <Head
        session={session}
        mark={<IconEyeOff size={16} />}
        title={t('viewer.denied', { user: session.user })}
      >
        <Text c="dimmed" fz="sm" ta="center">
          {t('viewer.deniedText')}
        </Text>
      </Head>
      <Group gap="xs" justify="center">
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/sessions/$id/details" params={{ id: session.id }} {...props} />}
        >
          {t('action.details')}
        </Button>
        <Button variant="default" onClick={onShowLog}>
          {t('action.log')}
        </Button>
        <Button variant="default" onClick={() => void act([session], 'hibernate')}>
          {t('action.hibernate')}
        </Button>
        <Button color="red.8" onClick={() => void act([session], 'stop')}>
          {t('action.stop')}
        </Button>
      </Group>
    </Stage>
  )
}
