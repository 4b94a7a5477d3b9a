import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconGhost } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/errors'
import type { Session } from '@/api/types'
import { EmptyState, ErrorState } from '@/components/states'

import { sessionQuery } from '../api/sessions'
import { LogDrawer } from '../components/log-drawer'
import { ownDoor } from './door'
import { PanelDrawer, type ViewerPanel } from './panels'
import { Closed, Denied, Ended, Failed, Hibernated, OnTheWay } from './resting'
import { Screen } from './screen'
import { Stage } from './stage'
import { Starting } from './starting'
import { Toolbar } from './toolbar'
import { Warnings } from './warnings'

interface Props {
  id: string
  logShown: boolean
  onLogShown: (shown: boolean) => void
  panels: readonly ViewerPanel[]
  panel: string | undefined
  onPanel: (key: string | undefined) => void
}

/** A session, whatever state it is in. */
export function Viewer({ id, logShown, onLogShown, panels, panel, onPanel }: Props) {
  const query = useQuery(sessionQuery(id))
  const showLog = useCallback(() => onLogShown(true), [onLogShown])
  const hideLog = useCallback(() => onLogShown(false), [onLogShown])
  if (query.isPending) {
    return (
      <Stage>
        <Skeleton h={108} w={108} radius={28} />
        <Skeleton h={24} w={220} />
        <Skeleton h={180} w={360} maw="100%" />
      </Stage>
    )
  }
  if (!query.data) {
    const isGone = query.error instanceof ApiError && query.error.status === 404
    return (
      <Stage>
        {isGone ? (
          <Gone />
        ) : (
          <ErrorState level={1} error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Stage>
    )
  }
  const session = query.data
  return (
    <>
      <title>{session.templateDisplayName}</title>
      <ViewerBody session={session} onShowLog={showLog} panels={panels} panel={panel} onPanel={onPanel} />
      <LogDrawer session={session} opened={logShown} onClose={hideLog} />
    </>
  )
}

type BodyProps = Pick<Props, 'panels' | 'panel' | 'onPanel'> & { session: Session; onShowLog: () => void }

function ViewerBody(props: BodyProps) {
  const { session, onShowLog } = props
  switch (session.state) {
    case 'pending':
    case 'starting':
    case 'waking':
      return <Starting session={session} />
    case 'running':
      return <Running key={session.id} {...props} />
    case 'hibernating':
    case 'terminating':
      return <OnTheWay session={session} />
    case 'hibernated':
      return <Hibernated session={session} />
    case 'terminated':
      return <Ended session={session} />
    case 'failed':
      return <Failed session={session} onShowLog={onShowLog} />
  }
}

function Running({ session, onShowLog, panels, panel, onPanel }: BodyProps) {
  const door = useMemo(() => ownDoor(session.id), [session.id])
  return (
    <Screen
      session={session}
      door={door}
      denied={<Denied session={session} onShowLog={onShowLog} />}
      closed={(reconnect) => <Closed session={session} onReconnect={reconnect} />}
    >
      {(parts) => (
        <>
          <Warnings session={session} />
          <Toolbar session={session} parts={parts} panels={panels} onPanel={onPanel} />
          <PanelDrawer
            panel={panels.find((one) => one.key === panel)}
            session={session}
            connectionId={parts.connectionId}
            onClose={() => {
              onPanel(undefined)
              parts.focusFrame()
            }}
          />
        </>
      )}
    </Screen>
  )
}

function Gone() {
  const { t } = useTranslation()
  return (
    <EmptyState
      level={1}
      icon={IconGhost}
      title={t('viewer.gone')}
      text={t('viewer.goneText')}
      action={<Button renderRoot={(props) => <Link to="/" {...props} />}>{t('nav.home')}</Button>}
    />
  )
}
