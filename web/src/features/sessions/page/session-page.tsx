import { Button, Menu } from '@mantine/core'
import {
  IconChevronDown,
  IconGhost,
  IconMoon,
  IconPlayerPlay,
  IconPlayerStop,
  IconTrash,
  IconWindowMaximize,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { toApiError } from '@/api/errors'
import { useMe } from '@/api/me'
import type { Session } from '@/api/types'
import { AppIcon } from '@/components/app-icon'
import { BackLink } from '@/components/back-link'
import { Columns, DetailHead, DetailSkeleton } from '@/components/detail'
import { StateBadge } from '@/components/state-badge'
import { EmptyState, ErrorState } from '@/components/states'

import { sessionQuery } from '../api/sessions'
import { useSessionActions } from '../components/use-session-actions'
import { canHibernate, canStop, canWake, isEnded } from '../states'
import { ConnectionsSection } from './connections-section'
import { FactsSection } from './facts-section'
import { LogSection } from './log-section'
import { PlacementSection } from './placement-section'
import { PolicySection } from './policy-section'
import { ResourcesSection } from './resources-section'
import { StateSection } from './state-section'
import { TagsSection } from './tags-section'
import { TimelineSection } from './timeline-section'

interface Props {
  id: string
  /** With whom it is shared, and the button that shares it. */
  sharing: (session: Session) => { button: ReactNode; section: ReactNode }
}

/** Everything about one session, as those see it who look after it. */
export function SessionPage({ id, sharing }: Props) {
  const { t } = useTranslation()
  const query = useQuery(sessionQuery(id))
  const session = query.data
  return (
    <>
      <BackLink to="/sessions" label={t('nav.sessions')} />
      {query.isPending && <DetailSkeleton />}
      {!session &&
        query.isError &&
        (toApiError(query.error).status === 404 ? (
          <EmptyState
            level={1}
            icon={IconGhost}
            title={t('viewer.gone')}
            text={t('viewer.goneText')}
            action={
              <Button renderRoot={(props) => <Link to="/sessions" {...props} />}>{t('nav.sessions')}</Button>
            }
          />
        ) : (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ))}
      {session && <Found session={session} sharing={sharing} />}
    </>
  )
}

function Found({ session, sharing }: { session: Session } & Pick<Props, 'sharing'>) {
  const me = useMe()
  const isMine = session.userId === me.id
  const shared = sharing(session)
  return (
    <>
      <DetailHead
        picture={<AppIcon src={session.icon} name={session.templateDisplayName} size={52} />}
        title={session.templateDisplayName}
        text={
          <>
            <StateBadge state={session.state} /> {session.id}
          </>
        }
        actions={<Actions session={session} isMine={isMine} share={shared.button} />}
      />
      <Columns
        left={
          <>
            <StateSection session={session} />
            {!isEnded(session) && <ConnectionsSection session={session} isMine={isMine} />}
            {shared.section}
            <LogSection session={session} />
            <TimelineSection sessionId={session.id} />
          </>
        }
        right={
          <>
            <ResourcesSection session={session} />
            <FactsSection session={session} />
            {!isEnded(session) && <PolicySection sessionId={session.id} />}
            <TagsSection session={session} />
            <PlacementSection session={session} />
          </>
        }
      />
    </>
  )
}

function Actions({ session, isMine, share }: { session: Session; isMine: boolean; share: ReactNode }) {
  const { t } = useTranslation()
  const act = useSessionActions()
  const stops = canStop(session.state)
  return (
    <>
      {share}
      {(canHibernate(session.state) || canWake(session.state) || stops) && (
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={15} />}>
              {t('session.actions')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {canWake(session.state) && (
              <Menu.Item
                leftSection={<IconPlayerPlay size={16} />}
                onClick={() => void act([session], 'wake')}
              >
                {t('action.wake')}
              </Menu.Item>
            )}
            {canHibernate(session.state) && (
              <Menu.Item
                leftSection={<IconMoon size={16} />}
                onClick={() => void act([session], 'hibernate')}
              >
                {t('action.hibernate')}
              </Menu.Item>
            )}
            {stops && (
              <Menu.Item
                color="red"
                leftSection={
                  session.state === 'failed' ? <IconTrash size={16} /> : <IconPlayerStop size={16} />
                }
                onClick={() => void act([session], 'stop')}
              >
                {session.state === 'failed' ? t('action.remove') : t('action.stop')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {isMine && !isEnded(session) && session.state !== 'failed' && (
        <Button
          leftSection={<IconWindowMaximize size={16} />}
          renderRoot={(props) => <Link to="/sessions/$id" params={{ id: session.id }} {...props} />}
        >
          {t('action.open')}
        </Button>
      )}
    </>
  )
}
