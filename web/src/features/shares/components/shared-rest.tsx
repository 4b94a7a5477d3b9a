import { Button, Group, Loader, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { AppIcon } from '@/components/app-icon'

import type { SharedSession } from '../api/shared'

/** A shared session that does not run. Who is let in wakes nothing. */
export function SharedRest({ session }: { session: SharedSession }) {
  const { t } = useTranslation()
  const asleep = session.state === 'hibernated' || session.state === 'hibernating'
  return (
    <>
      <AppIcon src={session.icon} name={session.templateDisplayName} size={64} />
      <Title order={1} fz="xl" ta="center" lts="-0.01em">
        {t('shared.of', { name: session.templateDisplayName, owner: session.owner })}
      </Title>
      <Group gap={8} justify="center" role="status">
        {!asleep && <Loader size={14} color="gray" aria-hidden />}
        <Text c="dimmed" fz="sm" ta="center">
          {asleep ? t('shared.asleep', { owner: session.owner }) : t('shared.starting')}
        </Text>
      </Group>
      <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
        {t('nav.home')}
      </Button>
    </>
  )
}
