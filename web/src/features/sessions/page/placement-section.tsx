import { Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { Session } from '@/api/types'
import { PartError } from '@/components/part-error'
import { Section } from '@/components/section'

import { placementQuery } from '../api/about'
import { VerdictTable } from '../components/verdict-table'

const STRATEGIES = ['least_loaded', 'region_first', 'spread', 'pack'] as const

/** Why a session runs where it does, and why not elsewhere, as it was decided. */
export function PlacementSection({ session }: { session: Session }) {
  const { t } = useTranslation()
  const query = useQuery(placementQuery(session.id))
  const strategy = STRATEGIES.find((one) => one === query.data?.strategy)
  return (
    <Section title={t('sessionPage.placement')} text={strategy && t(`sessionPage.strategy.${strategy}`)}>
      {query.isPending && <Skeleton h={80} />}
      {query.isError && !query.data && <PartError error={query.error} />}
      {query.data?.agents.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('sessionPage.noPlacement')}
        </Text>
      )}
      {query.data && query.data.agents.length > 0 && (
        <VerdictTable verdicts={query.data.agents} chosen={query.data.agentId} />
      )}
    </Section>
  )
}
