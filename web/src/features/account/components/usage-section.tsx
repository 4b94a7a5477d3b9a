import { Skeleton, Stack, Text } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { myGroupsQuery } from '@/api/my-groups'
import { QuotaBars } from '@/components/quota-bars'
import { Section } from '@/components/section'
import { ErrorState } from '@/components/states'

import { groupQuotaQuery, myQuotaQuery } from '../api/profile'

/** What somebody uses of what they may, themselves and together with their groups. */
export function UsageSections() {
  const { t } = useTranslation()
  const me = useMe()
  const query = useQuery(myQuotaQuery())
  const groups = useQuery(myGroupsQuery(me.id)).data?.groups ?? []
  const shared = useQueries({ queries: groups.map((group) => groupQuotaQuery(group.id)) })
  if (query.isPending) return <Skeleton h={112} radius="lg" />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return (
    <Stack gap="lg">
      <Section title={t('account.usage.mine')} text={t('account.usage.mineText')}>
        <QuotaBars quota={query.data} />
        {query.data.inherited && (
          <Text fz="xs" c="dimmed" mt="md">
            {t('account.usage.inherited')}
          </Text>
        )}
      </Section>
      {groups.map((group, index) => {
        const quota = shared[index]?.data
        // A group without limits keeps nobody from anything.
        const isLimited =
          quota &&
          [quota.maxSessions, quota.maxCpu, quota.maxMemory, quota.maxStorage].some((max) => max != null)
        return (
          isLimited && (
            <Section key={group.id} title={group.displayName} text={t('account.usage.groupText')}>
              <QuotaBars quota={quota} />
            </Section>
          )
        )
      })}
    </Stack>
  )
}
