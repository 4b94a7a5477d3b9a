import { Drawer } from '@mantine/core'
import { IconHandStop, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { notifyDone, useNotifyError } from '@/components/notify'
import { Section } from '@/components/section'
import { useAskForControl } from '@/features/sessions/api/about'
import { PresenceList } from '@/features/sessions/components/presence-list'
import type { ScreenParts } from '@/features/sessions/viewer/screen'
import { Bar, Tool } from '@/features/sessions/viewer/toolbar'
import type { SharedSession } from '@/features/shares/api/shared'

interface Props {
  session: SharedSession
  parts: ScreenParts
  controls: boolean
}

/** The bar of somebody else's session. */
export function SharedBar({ session, parts, controls }: Props) {
  const { t } = useTranslation()
  const notifyError = useNotifyError()
  const ask = useAskForControl(session.id)
  const [opened, setOpened] = useState(false)
  const { connectionId } = parts
  return (
    <>
      <Bar session={session} controls={controls ? parts.controls : null} onLeave={parts.focusFrame}>
        {(hide) => (
          <>
            <Tool
              icon={IconUsers}
              label={t('presence.title')}
              onClick={() => {
                setOpened(true)
                hide()
              }}
            />
            {!controls && connectionId !== null && (
              <Tool
                icon={IconHandStop}
                label={t('presence.ask')}
                onClick={() => {
                  ask.mutate(connectionId, {
                    onError: notifyError,
                    onSuccess: () => notifyDone(t('presence.asked', { owner: session.owner })),
                  })
                  hide()
                }}
              />
            )}
          </>
        )}
      </Bar>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        position="right"
        size={420}
        title={t('shared.of', { name: session.templateDisplayName, owner: session.owner })}
      >
        <Section title={t('presence.title')} flush>
          <PresenceList sessionId={session.id} isOwner={false} canEnd={false} ownConnection={connectionId} />
        </Section>
      </Drawer>
    </>
  )
}
