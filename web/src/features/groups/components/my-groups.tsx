import { Anchor, Skeleton, Text } from '@mantine/core'
import { IconChevronRight, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { GROUP_ROLES } from '@/api/admin-types'
import { useMe } from '@/api/me'
import { myGroupsQuery } from '@/api/my-groups'
import { Grow, Row, Rows, Section } from '@/components/section'
import { Badge } from '@/components/state-badge'
import { EmptyState, ErrorState } from '@/components/states'

import { GROUP_ICONS } from '../icons'

/** The groups somebody is in; each leads to its people and its limits. */
export function MyGroups() {
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
        {groups.map((group) => {
          const Icon = GROUP_ICONS[group.type]
          const role = GROUP_ROLES.find((one) => one === group.myRole)
          const about = [
            t(`groups.types.${group.type}`),
            t('groups.members', { count: group.memberCount }),
            group.description,
          ]
          return (
            <Row key={group.id}>
              <Icon size={20} stroke={1.6} aria-hidden />
              <Grow>
                <Anchor
                  fz="sm"
                  fw={500}
                  c="var(--mantine-color-text)"
                  display="block"
                  truncate
                  renderRoot={(props) => (
                    <Link to="/account/groups/$id" params={{ id: group.id }} {...props} />
                  )}
                >
                  {group.displayName}
                </Anchor>
                <Text fz="xs" c="dimmed" lineClamp={2}>
                  {about.filter(Boolean).join(' · ')}
                </Text>
              </Grow>
              {role && <Badge tone={role === 'member' ? 'quiet' : 'busy'} text={t(`groups.roles.${role}`)} />}
              <IconChevronRight size={16} stroke={1.7} color="var(--mantine-color-dimmed)" aria-hidden />
            </Row>
          )
        })}
      </Rows>
    </Section>
  )
}
