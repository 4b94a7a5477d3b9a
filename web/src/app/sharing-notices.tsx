import { Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconHandStop, IconKeyboard, IconShare } from '@tabler/icons-react'
import type { QueryClient } from '@tanstack/react-query'
import i18next from 'i18next'

import { api, unwrap } from '@/api/client'
import { meQuery } from '@/api/me'
import { sharingKeys } from '@/features/shares/api/keys'

interface SharingEvent {
  type: string
  sessionId: string
  userId: string
  data: {
    connection?: { id: string; userId: string; username: string } | null
    share?: { userId?: string | null }
  }
}

const ASKED_MS = 60_000

/** Follows one event about sharing: what is cached is asked for anew, and whom it concerns is told. */
export function followSharing(queryClient: QueryClient, message: unknown): void {
  const event = message as SharingEvent
  void queryClient.invalidateQueries({ queryKey: sharingKeys.all })
  const me = queryClient.getQueryData(meQuery().queryKey)?.id
  const { connection, share } = event.data
  switch (event.type) {
    case 'session.control_requested':
      if (event.userId === me && connection) askOwner(event.sessionId, connection)
      break
    case 'session.control_changed':
      if (connection?.userId === me && event.userId !== me) {
        notifications.show({
          id: `control-${event.sessionId}`,
          icon: <IconKeyboard size={18} />,
          message: i18next.t('presence.given'),
        })
      }
      break
    case 'session.shared':
      if (share?.userId === me && event.userId !== me) invited(event.sessionId)
      break
  }
}

function askOwner(sessionId: string, connection: { id: string; username: string }): void {
  const id = `ask-${connection.id}`
  const give = async () => {
    notifications.hide(id)
    await unwrap(
      api.POST('/api/v1/sessions/{session_id}/control', {
        params: { path: { session_id: sessionId } },
        body: { connectionId: connection.id },
      }),
    ).catch(() =>
      notifications.show({
        color: 'red',
        message: i18next.t('presence.notGiven', { name: connection.username }),
      }),
    )
  }
  notifications.hide(id)
  notifications.show({
    id,
    autoClose: ASKED_MS,
    icon: <IconHandStop size={18} />,
    title: i18next.t('presence.wants', { name: connection.username }),
    message: (
      <Stack gap={8}>
        <Text fz="sm">{i18next.t('presence.wantsText')}</Text>
        <Group gap="xs">
          <Button size="compact-sm" onClick={() => void give()}>
            {i18next.t('presence.give')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => notifications.hide(id)}>
            {i18next.t('presence.notNow')}
          </Button>
        </Group>
      </Stack>
    ),
  })
}

function invited(sessionId: string): void {
  const id = `shared-${sessionId}`
  notifications.hide(id)
  notifications.show({
    id,
    autoClose: ASKED_MS / 4,
    icon: <IconShare size={18} />,
    title: i18next.t('shared.invited'),
    message: (
      <Button
        size="compact-sm"
        variant="light"
        component="a"
        href={`/shared/${encodeURIComponent(sessionId)}`}
        onClick={() => notifications.hide(id)}
      >
        {i18next.t('action.open')}
      </Button>
    ),
  })
}
