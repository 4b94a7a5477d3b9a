import { Button, Modal, Stack, Text } from '@mantine/core'
import { IconShare } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import type { Session } from '@/api/types'
import { Section } from '@/components/section'
import { PresenceList } from '@/features/sessions/components/presence-list'
import { ShareForm } from '@/features/shares/components/share-form'
import { ShareList } from '@/features/shares/components/share-list'

/** Who may share a session: its owner, unless it has ended. */
export function useMayShare(session: Session): boolean {
  const me = useMe()
  return (
    session.userId === me.id &&
    'session:share' in me.permissions &&
    session.state !== 'terminated' &&
    session.state !== 'failed'
  )
}

/** Beside the picture: who is there, whom to let in, whom one let in. */
export function SharePanel({ session, connectionId }: { session: Session; connectionId: string | null }) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <ShareForm sessionId={session.id} />
      <Section title={t('presence.title')} flush>
        <PresenceList sessionId={session.id} isOwner canEnd ownConnection={connectionId} />
      </Section>
      <Section title={t('share.shares')} flush>
        <ShareList sessionId={session.id} />
      </Section>
    </Stack>
  )
}

export function ShareButton({ session }: { session: Session }) {
  const { t } = useTranslation()
  const mayShare = useMayShare(session)
  const [opened, setOpened] = useState(false)
  if (!mayShare) return null
  return (
    <>
      <Button variant="default" leftSection={<IconShare size={16} />} onClick={() => setOpened(true)}>
        {t('share.share')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('share.title', { name: session.templateDisplayName })}
      >
        <ShareForm sessionId={session.id} />
      </Modal>
    </>
  )
}

/** On a session's page: with whom it is shared, for its owner and those who look after it. */
export function SharesSection({ session }: { session: Session }) {
  const { t } = useTranslation()
  const canManage = 'share:manage' in useMe().permissions
  if (!canManage || session.state === 'terminated') return null
  return (
    <Section title={t('share.shares')} flush>
      <ShareList sessionId={session.id} />
      <Text fz="xs" c="dimmed" px="md" pb="sm">
        {t('share.revokeText')}
      </Text>
    </Section>
  )
}
