import { Drawer, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { Session } from '@/api/types'
import { ErrorState } from '@/components/states'

import { logsQuery } from '../api/sessions'
import { LogText } from './log-text'

export function LogDrawer({
  session,
  opened,
  onClose,
}: {
  session: Session
  opened: boolean
  onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="xl"
      title={t('session.logOf', { name: session.templateDisplayName })}
    >
      {opened && <Log session={session} />}
    </Drawer>
  )
}

function Log({ session }: { session: Session }) {
  const { t } = useTranslation()
  const query = useQuery(logsQuery(session.id, session.state !== 'terminated'))
  if (query.isPending) {
    return (
      <Stack gap={8}>
        {[90, 70, 80, 55].map((width) => (
          <Skeleton key={width} h={12} w={`${width}%`} />
        ))}
      </Stack>
    )
  }
  if (query.isError && !query.data)
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data.logs)
    return (
      <Text c="dimmed" fz="sm">
        {t('session.logEmpty')}
      </Text>
    )
  return <LogText text={query.data.logs} tall />
}
