import { Button } from '@mantine/core'
import { IconShare } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toApiError } from '@/api/errors'
import { useMe } from '@/api/me'
import { EmptyState, ErrorState } from '@/components/states'
import { connectionsQuery } from '@/features/sessions/api/about'
import { disconnect, heartbeat } from '@/features/sessions/api/connect'
import type { Door } from '@/features/sessions/viewer/door'
import { Screen } from '@/features/sessions/viewer/screen'
import { Stage } from '@/features/sessions/viewer/stage'
import { sharingKeys } from '@/features/shares/api/keys'
import { connectShared, sharedSessionQuery, type SharedSession } from '@/features/shares/api/shared'
import { SharedRest } from '@/features/shares/components/shared-rest'
import { ViewOnly } from '@/features/shares/components/view-only'

import { SharedBar } from '../shared-bar'

const route = getRouteApi('/signed-in/shared/$id')

/** Somebody else's session, as those see it who are let in. */
export function SharedSessionPage() {
  const { id } = route.useParams()
  const query = useQuery(sharedSessionQuery(id))
  if (query.isPending) return <Stage>{null}</Stage>
  // What was known before counts for nothing once one is no longer let in.
  if (query.isError && toApiError(query.error).status === 404) return <NotShared />
  if (!query.data) {
    return (
      <Stage>
        <ErrorState level={1} error={query.error} onRetry={() => void query.refetch()} />
      </Stage>
    )
  }
  const session = query.data
  return (
    <>
      <title>{session.templateDisplayName}</title>
      {session.state === 'running' ? (
        <Watching key={session.id} session={session} />
      ) : (
        <Stage>
          <SharedRest session={session} />
        </Stage>
      )}
    </>
  )
}

function Watching({ session }: { session: SharedSession }) {
  const queryClient = useQueryClient()
  const me = useMe()
  const [connected, setConnected] = useState(false)
  const door = useMemo<Door>(
    () => ({
      connect: async () => {
        const answer = await connectShared(session.id)
        if (answer.sessionUrl) setConnected(true)
        // It rests, or ends: the page shows that instead.
        if (!answer.sessionUrl) void queryClient.invalidateQueries({ queryKey: sharingKeys.one(session.id) })
        return answer
      },
      heartbeat: (connectionId) => heartbeat(session.id, connectionId),
      disconnect: (connectionId) => disconnect(session.id, connectionId),
    }),
    [session.id, queryClient],
  )
  // Who else is there is for those to see who are there.
  const people = useQuery({ ...connectionsQuery(session.id), enabled: connected }).data?.connections ?? []
  const mine = people.filter((one) => one.userId === me.id)
  const controls = mine.length > 0 ? mine.some((one) => one.hasControl) : session.permission === 'control'
  return (
    <Screen
      session={session}
      door={door}
      viewOnly={!controls}
      denied={<NotShared />}
      closed={(reconnect) => <Ended session={session} onReconnect={reconnect} />}
    >
      {(parts) => (
        <>
          {!controls && <ViewOnly />}
          <SharedBar session={session} parts={parts} controls={controls} />
        </>
      )}
    </Screen>
  )
}

/** The connection was ended; whether one may come again is asked at once. */
function Ended({ session, onReconnect }: { session: SharedSession; onReconnect: () => void }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const query = useQuery(sharedSessionQuery(session.id))
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: sharingKeys.one(session.id) })
  }, [queryClient, session.id])
  return (
    <Stage>
      {!query.isFetching && (
        <EmptyState
          level={1}
          icon={IconShare}
          title={t('shared.closed', { owner: session.owner })}
          text={t('shared.closedText')}
          action={<Button onClick={onReconnect}>{t('viewer.reconnectNow')}</Button>}
        />
      )}
    </Stage>
  )
}

function NotShared() {
  const { t } = useTranslation()
  return (
    <Stage>
      <EmptyState
        level={1}
        icon={IconShare}
        title={t('shared.over')}
        text={t('shared.overText')}
        action={<Button renderRoot={(props) => <Link to="/" {...props} />}>{t('nav.home')}</Button>}
      />
    </Stage>
  )
}
