import { ActionIcon, Menu, Text } from '@mantine/core'
import {
  IconDots,
  IconFileText,
  IconInfoCircle,
  IconMoon,
  IconPlayerStop,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import type { Session } from '@/api/types'
import { AppIcon } from '@/components/app-icon'
import { StateBadge } from '@/components/state-badge'
import { TimeAgo } from '@/components/time-ago'

import { canHibernate, canStop, canWake } from '../states'
import classes from './session-card.module.css'
import { SessionNote } from './session-note'
import { useSessionActions } from './use-session-actions'

/** A session to return to. The whole card opens it; the menu does the rest. */
export function SessionCard({ session }: { session: Session }) {
  const { t } = useTranslation()
  const failed = session.state === 'failed'
  const reason = session.reason?.message ?? session.status.message
  return (
    <article className={classes.card} data-state={session.state}>
      <div className={classes.picture}>
        <span className={classes.glow} aria-hidden>
          <AppIcon src={session.icon} name={session.templateDisplayName} size={150} />
        </span>
        <span className={classes.icon}>
          <AppIcon src={session.icon} name={session.templateDisplayName} size={56} />
        </span>
        <span className={classes.open} aria-hidden>
          {canWake(session.state) ? t('action.wake') : failed ? t('action.details') : t('action.open')}
        </span>
      </div>
      <div className={classes.body}>
        <div className={classes.text}>
          <Link
            className={classes.link}
            to="/sessions/$id"
            params={{ id: session.id }}
            title={session.templateDisplayName}
          >
            {session.templateDisplayName}
          </Link>
          <div className={classes.line}>
            <StateBadge state={session.state} />
            <Text component="span" c="dimmed" fz="xs" truncate>
              <TimeAgo at={session.startedAt ?? session.createdAt} />
            </Text>
          </div>
          <SessionNote session={session} />
          {failed && reason && (
            <Text className={classes.reason} fz="xs" lineClamp={2} title={reason}>
              {reason}
            </Text>
          )}
        </div>
        <SessionMenu session={session} />
      </div>
    </article>
  )
}

export function SessionMenu({ session }: { session: Session }) {
  const { t } = useTranslation()
  const act = useSessionActions()
  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon
          className={classes.menu}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('session.actionsOf', { name: session.templateDisplayName })}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {canWake(session.state) && (
          <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => void act([session], 'wake')}>
            {t('action.wake')}
          </Menu.Item>
        )}
        {canHibernate(session.state) && (
          <Menu.Item leftSection={<IconMoon size={16} />} onClick={() => void act([session], 'hibernate')}>
            {t('action.hibernate')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconInfoCircle size={16} />}
          renderRoot={(props) => <Link to="/sessions/$id/details" params={{ id: session.id }} {...props} />}
        >
          {t('action.details')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFileText size={16} />}
          renderRoot={(props) => (
            <Link to="/sessions/$id" params={{ id: session.id }} search={{ log: true }} {...props} />
          )}
        >
          {t('action.log')}
        </Menu.Item>
        {canStop(session.state) && (
          <Menu.Item
            color="red"
            leftSection={session.state === 'failed' ? <IconTrash size={16} /> : <IconPlayerStop size={16} />}
            onClick={() => void act([session], 'stop')}
          >
            {session.state === 'failed' ? t('action.remove') : t('action.stop')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
