import { ActionIcon, Button, Group as Line, Modal, Select, Skeleton, Stack, Text } from '@mantine/core'
import { IconUserPlus, IconX } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { GROUP_ROLES, type Group, type GroupRole, type Person } from '@/api/admin-types'
import { useNotifyError } from '@/components/notify'
import { notifyUndo } from '@/components/notify-undo'
import { PartError } from '@/components/part-error'
import { PersonLine } from '@/components/person'
import { PersonPicker } from '@/components/person-picker'
import { Problem } from '@/components/problem'
import { Grow, None, Row, Rows, Section } from '@/components/section'

import { membersQuery, useSetMember, type Member } from '../api/groups'

interface Props {
  group: Group
  canChange: boolean
  /** Whether owners may be made and unmade. */
  isOwner: boolean
}

export function GroupMembers({ group, canChange, isOwner }: Props) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(membersQuery(group.id))
  const set = useSetMember(group.id)
  const notifyError = useNotifyError()
  const [adding, setAdding] = useState(false)
  const members = query.data?.pages.flatMap((page) => page.members) ?? []
  const total = query.data?.pages[0]?.total ?? group.memberCount
  const remove = (member: Member) =>
    set.mutate(
      { userId: member.userId, role: null, isNew: false },
      {
        onError: notifyError,
        onSuccess: () =>
          notifyUndo(
            t('groups.removed', { name: member.fullName || member.username }),
            t('action.undo'),
            () =>
              set.mutate({ userId: member.userId, role: member.role, isNew: true }, { onError: notifyError }),
          ),
      },
    )
  return (
    <Section
      title={t('groups.members', { count: total })}
      actions={
        canChange && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconUserPlus size={15} />}
            onClick={() => setAdding(true)}
          >
            {t('groups.addMember')}
          </Button>
        )
      }
      flush={members.length > 0}
    >
      {query.isPending && <Skeleton h={56} />}
      {query.isError && !query.data && <PartError error={query.error} />}
      {query.data && members.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('groups.noMembers')}
        </Text>
      )}
      {members.length > 0 && (
        <Rows>
          {members.map((member) => {
            const name = member.fullName || member.username
            const mayChange = canChange && (isOwner || member.role !== 'owner')
            return (
              <Row key={member.userId}>
                <Grow>
                  <PersonLine
                    id={member.userId}
                    username={member.username}
                    fullName={member.fullName}
                    text={[member.username, member.email].filter(Boolean).join(' · ')}
                  />
                </Grow>
                {mayChange ? (
                  <Select
                    w={128}
                    size="xs"
                    aria-label={t('groups.roleOf', { name })}
                    data={GROUP_ROLES.filter((value) => isOwner || value !== 'owner').map((value) => ({
                      value,
                      label: t(`groups.roles.${value}`),
                    }))}
                    value={member.role}
                    allowDeselect={false}
                    onChange={(role) => {
                      if (role && role !== member.role)
                        set.mutate({ userId: member.userId, role, isNew: false }, { onError: notifyError })
                    }}
                  />
                ) : (
                  <Text fz="sm" c="dimmed">
                    {t(`groups.roles.${member.role}`)}
                  </Text>
                )}
                {mayChange && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('groups.removeMember', { name })}
                    onClick={() => remove(member)}
                  >
                    <IconX size={16} />
                  </ActionIcon>
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
      {adding && (
        <AddMember group={group} members={members} isOwner={isOwner} onClose={() => setAdding(false)} />
      )}
    </Section>
  )
}

function AddMember({
  group,
  members,
  isOwner,
  onClose,
}: {
  group: Group
  members: Member[]
  isOwner: boolean
  onClose: () => void
}) {
  const { t } = useTranslation()
  const set = useSetMember(group.id)
  const [person, setPerson] = useState<Person | null>(null)
  const [role, setRole] = useState<GroupRole>('member')
  return (
    <Modal opened onClose={onClose} title={t('groups.addTo', { name: group.displayName })} size="sm">
      <Stack gap="md">
        <PersonPicker
          label={t('people.person')}
          value={person}
          onChange={setPerson}
          without={new Set(members.map((one) => one.userId))}
        />
        <Select
          label={t('groups.role')}
          description={t(`groups.roleText.${role}`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={GROUP_ROLES.filter((value) => isOwner || value !== 'owner').map((value) => ({
            value,
            label: t(`groups.roles.${value}`),
          }))}
          value={role}
          onChange={(value) => setRole(value ?? 'member')}
          allowDeselect={false}
        />
        <Problem error={set.error} />
        <Line justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            disabled={!person}
            loading={set.isPending}
            onClick={() => {
              if (person) set.mutate({ userId: person.id, role, isNew: true }, { onSuccess: onClose })
            }}
          >
            {t('action.add')}
          </Button>
        </Line>
      </Stack>
    </Modal>
  )
}
