import { ActionIcon, Button, Menu, Skeleton, Text } from '@mantine/core'
import { IconDots, IconKeyboard, IconPlugConnectedX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { useConfirm } from '@/components/confirm'
import { useNotifyError } from '@/components/notify'
import { PartError } from '@/components/part-error'
import { Avatar } from '@/components/person'
import { Grow, None, Row, Rows } from '@/components/section'
import { Badge } from '@/components/state-badge'
import { TimeAgo } from '@/components/time-ago'
import { readUserAgent } from '@/lib/user-agent'

import { connectionsQuery, useEndConnection, useGiveControl, type Presence } from '../api/about'

interface Props {
  sessionId: string
  /** Whether keyboard and mouse are theirs to hand around. */
  isOwner: boolean
  canEnd: boolean
  /** The one of this page. */
  ownConnection?: string | null
}

/** Who takes part in a session now, and who has keyboard and mouse. */
export function PresenceList({ sessionId, isOwner, canEnd, ownConnection = null }: Props) {
  const { t } = useTranslation()
  const query = useQuery(connectionsQuery(sessionId))
  const notifyError = useNotifyError()
  const give = useGiveControl(sessionId)
  const people = query.data?.connections ?? []
  if (query.isPending) return <Skeleton h={44} m="md" />
  if (!query.data) return <PartError error={query.error} />
  if (people.length === 0) return <None>{t('presence.nobody')}</None>
  const controllers = people.filter((one) => one.role === 'controller')
  // Given to one alone: nobody else of those who may has control, or somebody who may only watch does.
  const isGiven = people.some(
    (one) => one.hasControl && (one.role !== 'controller' || controllers.some((other) => !other.hasControl)),
  )
  return (
    <>
      <Rows>
        {people.map((one) => (
          <PresenceRow
            key={one.id}
            connection={one}
            isThisPage={one.id === ownConnection}
            menu={
              (isOwner || canEnd) && (
                <PresenceMenu
                  sessionId={sessionId}
                  connection={one}
                  canEnd={canEnd && one.id !== ownConnection}
                  onGive={
                    isOwner && !(one.hasControl && (isGiven || people.length === 1))
                      ? () => give.mutate(one.id, { onError: notifyError })
                      : undefined
                  }
                />
              )
            }
          />
        ))}
      </Rows>
      {isOwner && isGiven && (
        <Button
          m="md"
          mt="xs"
          variant="light"
          leftSection={<IconKeyboard size={16} />}
          loading={give.isPending}
          onClick={() => give.mutate(null, { onError: notifyError })}
        >
          {t('presence.takeBack')}
        </Button>
      )}
    </>
  )
}

function PresenceRow({
  connection,
  isThisPage,
  menu,
}: {
  connection: Presence
  isThisPage: boolean
  menu: ReactNode
}) {
  const { t } = useTranslation()
  const me = useMe()
  const device = readUserAgent(connection.userAgent)
  const where = [device.browser, connection.clientIp].filter(Boolean).join(' · ')
  const name = connection.guest
    ? t('presence.guest', { name: connection.username })
    : connection.userId === me.id
      ? t('presence.you', { name: connection.username })
      : connection.username
  return (
    <Row>
      <Avatar name={connection.username} />
      <Grow>
        <Text fz="sm" fw={500} truncate title={name}>
          {name}
        </Text>
        <Text fz="xs" c="dimmed" truncate>
          {isThisPage ? t('presence.thisPage') : where && `${where} ·`}{' '}
          <TimeAgo at={connection.connectedAt} />
        </Text>
      </Grow>
      <Badge
        tone={connection.hasControl ? 'ok' : 'quiet'}
        text={connection.hasControl ? t('presence.controls') : t('presence.watches')}
      />
      {menu}
    </Row>
  )
}

function PresenceMenu({
  sessionId,
  connection,
  canEnd,
  onGive,
}: {
  sessionId: string
  connection: Presence
  canEnd: boolean
  onGive: (() => void) | undefined
}) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const end = useEndConnection(sessionId)
  const ask = async () => {
    const yes = await confirm({
      title: t('presence.endTitle', { name: connection.username }),
      text: connection.shareId ? t('presence.endSharedText') : t('presence.endText'),
      confirm: t('presence.end'),
    })
    if (yes) end.mutate(connection.id, { onError: notifyError })
  }
  if (!canEnd && !onGive) return null
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('session.actionsOf', { name: connection.username })}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {onGive && (
          <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onGive}>
            {t('presence.give')}
          </Menu.Item>
        )}
        {canEnd && (
          <Menu.Item color="red" leftSection={<IconPlugConnectedX size={16} />} onClick={() => void ask()}>
            {t('presence.end')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
