import { ActionIcon, Button, Select, Skeleton, Text } from '@mantine/core'
import { IconUserPlus, IconX } from '@tabler/icons-react'
import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { may } from '@/lib/authorization'

import classes from './members-section.module.css'
import { PartError } from './part-error'
import { PersonLine } from './person'
import { Grow, None, Row, Rows, Section } from './section'

export interface MemberRow<R extends string> {
  userId: string
  username: string
  fullName: string
  role: R
  /** What stands below the name. */
  text: string
  mayChange: boolean
}

export interface RoleChoice<R extends string> {
  value: R
  label: string
}

interface Props<R extends string> {
  query: Pick<
    UseInfiniteQueryResult,
    'data' | 'error' | 'isPending' | 'isFetchingNextPage' | 'hasNextPage' | 'fetchNextPage'
  >
  members: MemberRow<R>[]
  total: number
  /** What is said when there is nobody. */
  none: string
  roles: readonly RoleChoice<R>[]
  /** What a role is called that is not to choose. */
  nameOf: (role: R) => string
  onRole: (userId: string, role: R) => void
  onRemove: (userId: string) => void
  /** Missing: who looks may add nobody. */
  onAdd?: () => void
}

/** Who is in something, as what, and the ways to change it. */
export function MembersSection<R extends string>({
  query,
  members,
  total,
  none,
  roles,
  nameOf,
  onRole,
  onRemove,
  onAdd,
}: Props<R>) {
  const { t } = useTranslation()
  const canOpen = may(useMe(), 'people:view')
  return (
    <Section
      title={t('groups.members', { count: total })}
      actions={
        onAdd && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconUserPlus size={15} />}
            onClick={onAdd}
          >
            {t('groups.addMember')}
          </Button>
        )
      }
      flush={members.length > 0}
    >
      {query.isPending && <Skeleton h={56} />}
      {query.error && !query.data && <PartError error={query.error} />}
      {query.data !== undefined && members.length === 0 && (
        <Text fz="sm" c="dimmed">
          {none}
        </Text>
      )}
      {members.length > 0 && (
        <Rows>
          {members.map((member) => {
            const name = member.fullName || member.username
            return (
              <Row key={member.userId} wraps={member.mayChange}>
                <Grow>
                  <PersonLine
                    id={canOpen ? member.userId : undefined}
                    username={member.username}
                    fullName={member.fullName}
                    text={member.text}
                  />
                </Grow>
                {member.mayChange ? (
                  <div className={classes.controls}>
                    <Select
                      className={classes.role}
                      size="xs"
                      aria-label={t('groups.roleOf', { name })}
                      data={roles}
                      value={member.role}
                      allowDeselect={false}
                      onChange={(role) => {
                        if (role && role !== member.role) onRole(member.userId, role)
                      }}
                    />
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t('groups.removeMember', { name })}
                      onClick={() => onRemove(member.userId)}
                    >
                      <IconX size={16} />
                    </ActionIcon>
                  </div>
                ) : (
                  <Text fz="sm" c="dimmed">
                    {nameOf(member.role)}
                  </Text>
                )}
              </Row>
            )
          })}
        </Rows>
      )}
      {query.hasNextPage && (
        <None>
          <Button
            mt="sm"
            size="compact-sm"
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('action.more')}
          </Button>
        </None>
      )}
    </Section>
  )
}
