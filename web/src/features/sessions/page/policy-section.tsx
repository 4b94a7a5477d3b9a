import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { sessionPolicyQuery } from '@/api/policies'
import { PartError } from '@/components/part-error'
import { PolicyList } from '@/components/policy-list'
import { Section } from '@/components/section'

/** What may cross the session's border. */
export function PolicySection({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation()
  const query = useQuery(sessionPolicyQuery(sessionId))
  return (
    <Section title={t('policies.title')}>
      {query.isPending && <Skeleton h={160} />}
      {query.isError && !query.data && <PartError error={query.error} />}
      {query.data && <PolicyList policy={query.data} />}
    </Section>
  )
}
