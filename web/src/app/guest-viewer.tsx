import { Button } from '@mantine/core'
import { IconShare } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/errors'
import type { Connection } from '@/api/types'
import { EmptyState } from '@/components/states'
import type { Door } from '@/features/sessions/viewer/door'
import { Screen } from '@/features/sessions/viewer/screen'
import { Stage } from '@/features/sessions/viewer/stage'
import { alignLoopback, statusUrl } from '@/features/sessions/viewer/stream-url'
import { Bar } from '@/features/sessions/viewer/toolbar'
import type { GuestPass, Invitation } from '@/features/shares/api/shared'
import { ViewOnly } from '@/features/shares/components/view-only'

interface Props {
  pass: GuestPass
  invitation: Invitation
  /** Goes back to the link: what let this guest in is over, the link itself may not be. */
  onAgain: () => void
}

/** A shared session as somebody without a login sees it. */
export function GuestViewer({ pass, invitation, onAgain }: Props) {
  const door = useMemo(() => guestDoor(pass), [pass])
  const session = {
    id: pass.sessionId,
    templateDisplayName: invitation.templateDisplayName ?? pass.sessionId,
    icon: invitation.icon ?? '',
  }
  return (
    <>
      <title>{session.templateDisplayName}</title>
      <Screen
        session={session}
        door={door}
        viewOnly={pass.role === 'viewer'}
        denied={<Over onAgain={onAgain} />}
        closed={() => <Over onAgain={onAgain} />}
      >
        {(parts) => (
          <>
            {pass.role === 'viewer' && !parts.mayControl && <ViewOnly />}
            <Bar session={session} controls={parts.controls} onLeave={parts.focusFrame}>
              {() => null}
            </Bar>
          </>
        )}
      </Screen>
    </>
  )
}

/** A guest comes in once. After a break the gateway's cookie lets them in again, until it is taken back. */
function guestDoor(pass: GuestPass): Door {
  let opened = false
  return {
    connect: async (): Promise<Connection> => {
      if (!opened) {
        opened = true
        return pass
      }
      const url = new URL(pass.sessionUrl ?? '')
      url.search = ''
      const own = alignLoopback(url.toString(), window.location.hostname)
      const status = await fetch(statusUrl(own, pass.sessionId), {
        credentials: 'include',
        cache: 'no-store',
      })
      if (status.status === 401) throw new ApiError(404, 'not_shared', 'The share is over.')
      return { ...pass, sessionUrl: url.toString() }
    },
    // The stream itself keeps a guest's connection.
    heartbeat: () => Promise.resolve(),
    disconnect: () => undefined,
  }
}

function Over({ onAgain }: { onAgain: () => void }) {
  const { t } = useTranslation()
  return (
    <Stage>
      <EmptyState
        level={1}
        icon={IconShare}
        title={t('shared.over')}
        text={t('shared.overText')}
        action={<Button onClick={onAgain}>{t('invite.again')}</Button>}
      />
    </Stage>
  )
}
