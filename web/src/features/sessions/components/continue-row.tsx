import { Button, Group, SimpleGrid, Skeleton, Title } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { ErrorState } from '@/components/states'

import { sessionsQuery } from '../api/sessions'
import { isEnded } from '../states'
import { SessionCard } from './session-card'

const SHOWN = 4

/** My sessions, the last used first. Nothing at all when there are none: the applications below say what to do. */
export function ContinueRow() {
  const { t } = useTranslation()
  const me = useMe()
  const query = useInfiniteQuery(sessionsQuery({ user: me.username, ended: false }))
  const sessions = query.data?.pages.flatMap((page) => page.sessions).filter((one) => !isEnded(one)) ?? []
  if (query.data && sessions.length === 0) return null
  const shown = sessions
    .toSorted((a, b) => Date.parse(b.startedAt ?? b.createdAt) - Date.parse(a.startedAt ?? a.createdAt))
    .slice(0, SHOWN)
  return (
    <section aria-labelledby="continue" aria-busy={query.isPending}>
      <Group justify="space-between" mb="sm" mih={34}>
        <Title order={2} fz="lg" id="continue">
          {t('home.continue')}
        </Title>
        {sessions.length > SHOWN && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            rightSection={<IconArrowRight size={15} />}
            renderRoot={(props) => <Link to="/sessions" {...props} />}
          >
            {t('home.allSessions', { count: sessions.length })}
          </Button>
        )}
      </Group>
      {query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="md">
          {query.isPending
            ? [0, 1, 2].map((index) => <Skeleton key={index} h={191} radius="lg" />)
            : shown.map((session) => <SessionCard key={session.id} session={session} />)}
        </SimpleGrid>
      )}
    </section>
  )
}
