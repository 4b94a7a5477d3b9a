import { Skeleton, Stack } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { toApiError } from '@/api/errors'
import { BackLink } from '@/components/back-link'
import { EmptyState, ErrorState } from '@/components/states'

import { groupQuery, groupsQuery } from '../api/groups'
import { GroupDetail } from './group-detail'

/** A group as those in it see it, with what their role in it lets them do. */
export function MyGroup({ id, onGone }: { id: string; onGone: () => void }) {
  const { t } = useTranslation()
  const query = useQuery(groupQuery(id))
  // Only for the way to the top, which may come later.
  const groups = useQuery(groupsQuery()).data ?? []
  const group = query.data
  return (
    <>
      <BackLink to="/account/groups" label={t('account.nav.groups')} />
      {query.isPending && (
        <Stack gap="lg">
          <Skeleton h={110} radius="lg" />
          <Skeleton h={150} radius="lg" />
          <Skeleton h={220} radius="lg" />
        </Stack>
      )}
      {!group &&
        query.isError &&
        (toApiError(query.error).status === 404 ? (
          <EmptyState icon={IconUsersGroup} title={t('groups.gone')} text={t('groups.goneText')} />
        ) : (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ))}
      {group && (
        <Stack gap="lg">
          <title>{`${group.displayName} · StreamSpace`}</title>
          <GroupDetail group={group} groups={groups} onGone={onGone} />
        </Stack>
      )}
    </>
  )
}
