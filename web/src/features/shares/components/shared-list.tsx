import { Button, Skeleton, Stack, Text } from '@mantine/core'
import { IconShare } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { AppIcon } from '@/components/app-icon'
import { Grow, Row, Rows, Section } from '@/components/section'
import { StateBadge } from '@/components/state-badge'
import { EmptyState, ErrorState } from '@/components/states'
import { formatMoment, useLanguage } from '@/lib/format'

import { sharedQuery, type SharedSession } from '../api/shared'

/** The sessions of others that one may take part in. */
export function SharedList() {
  const { t } = useTranslation()
  const query = useQuery(sharedQuery())
  if (query.isPending) {
    return (
      <Stack gap="sm">
        {[0, 1].map((index) => (
          <Skeleton key={index} h={64} radius="lg" />
        ))}
      </Stack>
    )
  }
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (query.data.sessions.length === 0) {
    return <EmptyState icon={IconShare} title={t('shared.none')} text={t('shared.noneText')} />
  }
  return (
    <Section title={t('shared.title')} flush>
      <Rows>
        {query.data.sessions.map((session) => (
          <SharedRow key={session.id} session={session} />
        ))}
      </Rows>
    </Section>
  )
}

function SharedRow({ session }: { session: SharedSession }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <Row wraps>
      <AppIcon src={session.icon} name={session.templateDisplayName} size={34} />
      <Grow>
        <Text fz="sm" fw={500} truncate>
          {t('shared.of', { name: session.templateDisplayName, owner: session.owner })}
        </Text>
        <Text fz="xs" c="dimmed">
          {t(`share.may.${session.permission}`)} ·{' '}
          {t('share.until', { moment: formatMoment(session.expiresAt, language) })}
        </Text>
      </Grow>
      <StateBadge state={session.state} />
      <Button
        variant="default"
        renderRoot={(props) => <Link to="/shared/$id" params={{ id: session.id }} {...props} />}
      >
        {t('action.open')}
      </Button>
    </Row>
  )
}
