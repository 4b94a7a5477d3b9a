import { Skeleton, Text } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { Grow, Row, Rows, Section } from '@/components/section'
import { Badge } from '@/components/state-badge'
import { EmptyState, ErrorState } from '@/components/states'

import { myGroupsQuery } from '../api/profile'

export function GroupsSection() {
  const { t } = useTranslation()
  const me = useMe()
  const query = useQuery(myGroupsQuery(me.id))
  if (query.isPending) return <Skeleton h={130} radius="lg" />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const { groups } = query.data
  if (groups.length === 0) {
    return (
      <EmptyState
        icon={IconUsersGroup}
        title={t('account.groups.none')}
        text={t('account.groups.noneText')}
      />
    )
  }
  return (
    <Section flush title={t('account.groups.title')} text={t('account.groups.text')}>
      <Rows>
        {groups.map((group) => (
          <Row key={group.id}>
            <IconUsersGroup size={20} stroke={1.6} aria-hidden />
            <Grow>
              <Text fz="sm" fw={500} truncate title={group.displayName}>
                {group.displayName}
              </Text>
              <Text fz="xs" c="dimmed" lineClamp={2}>
                {[
                  t(`account.groups.type.${group.type}`),
                  t('account.groups.members', { count: group.memberCount }),
                  group.description,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </Grow>
            <MyRole role={group.myRole} />
          </Row>
        ))}
      </Rows>
    </Section>
  )
}

const ROLES = ['member', 'admin', 'owner'] as const

function MyRole({ role }: { role: string | null | undefined }) {
  const { t } = useTranslation()
  const known = ROLES.find((one) => one === role)
  if (!known) return null
  return <Badge tone={known === 'member' ? 'quiet' : 'busy'} text={t(`account.groups.role.${known}`)} />
}
