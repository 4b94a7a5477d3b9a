import { Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { sessionPolicyQuery } from '@/api/policies'
import { PartError } from '@/components/part-error'
import { PolicyList } from '@/components/policy-list'

/** What may cross the border of one session, beside its picture. */
export function SessionPolicy({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation()
  const query = useQuery(sessionPolicyQuery(sessionId))
  if (query.isPending) return <Skeleton h={200} />
  if (!query.data) return <PartError error={query.error} />
  return (
    <Stack gap="md">
      <PolicyList policy={query.data} />
      <Text fz="xs" c="dimmed">
        {t('policies.sessionText')}
      </Text>
    </Stack>
  )
}
