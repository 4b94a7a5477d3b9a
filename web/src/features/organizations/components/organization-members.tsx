import { ActionIcon, Button, Group, Modal, Select, Skeleton, Stack, Text } from '@mantine/core'
import { IconUserPlus, IconX } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { ORG_ROLES, type OrgRole, type Person } from '@/api/admin-types'
import { useMe } from '@/api/me'
import { useConfirm } from '@/components/confirm'
import { notifyDone, useNotifyError } from '@/components/notify'
import { PartError } from '@/components/part-error'
import { PersonLine } from '@/components/person'
import { PersonPicker } from '@/components/person-picker'
import { Problem } from '@/components/problem'
import { Grow, None, Row, Rows, Section } from '@/components/section'

import { membersQuery, useSetMember, type Member, type Organization } from '../api/organizations'

export function OrganizationMembers({
  organization,
  canManage,
}: {
  organization: Organization
  canManage: boolean
}) {
  const { t } = useTranslation()
  const me = useMe()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const query = useInfiniteQuery(membersQuery(organization.id))
  const set = useSetMember(organization.id)
  const [adding, setAdding] = useState(false)
  const members = query.data?.pages.flatMap((page) => page.members) ?? []
  const total = query.data?.pages[0]?.total ?? organization.memberCount
  const remove = async (member: Member) => {
    const yes = await confirm({
      title: t('organizations.removeTitle', {
        name: member.fullName || member.username,
        organization: organization.displayName,
      }),
      text: t('organizations.removeText'),
      confirm: t('action.remove'),
    })
    if (!yes) return
    set.mutate(
      { userId: member.userId, orgRole: null, isNew: false },
      { onSuccess: () => notifyDone(t('organizations.removed')), onError: notifyError },
    )
  }
  return (
    <Section
      title={t('groups.members', { count: total })}
      actions={
        canManage && (
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
          {t('organizations.noMembers')}
        </Text>
      )}
      {members.length > 0 && (
        <Rows>
          {members.map((member) => {
            const name = member.fullName || member.username
            return (
              <Row key={member.userId}>
                <Grow>
                  <PersonLine
                    id={member.userId}
                    username={member.username}
                    fullName={member.fullName}
                    text={[member.username, member.active ? null : t('people.deactivated')]
                      .filter(Boolean)
                      .join(' · ')}
                  />
                </Grow>
                {canManage && member.userId !== me.id ? (
                  <>
                    <Select
                      w={150}
                      size="xs"
                      aria-label={t('groups.roleOf', { name })}
                      data={ORG_ROLES.map((value) => ({ value, label: t(`orgRole.${value}`) }))}
                      value={member.orgRole}
                      allowDeselect={false}
                      onChange={(orgRole) => {
                        if (orgRole && orgRole !== member.orgRole)
                          set.mutate(
                            { userId: member.userId, orgRole, isNew: false },
                            { onError: notifyError },
                          )
                      }}
                    />
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t('groups.removeMember', { name })}
                      onClick={() => void remove(member)}
                    >
                      <IconX size={16} />
                    </ActionIcon>
                  </>
                ) : (
                  <Text fz="sm" c="dimmed">
                    {t(`orgRole.${member.orgRole}`)}
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
      {adding && <AddMember organization={organization} members={members} onClose={() => setAdding(false)} />}
    </Section>
  )
}

function AddMember({
  organization,
  members,
  onClose,
}: {
  organization: Organization
  members: Member[]
  onClose: () => void
}) {
  const { t } = useTranslation()
  const set = useSetMember(organization.id)
  const [person, setPerson] = useState<Person | null>(null)
  const [orgRole, setOrgRole] = useState<OrgRole>('user')
  return (
    <Modal opened onClose={onClose} title={t('groups.addTo', { name: organization.displayName })} size="sm">
      <Stack gap="md">
        <PersonPicker
          label={t('people.person')}
          value={person}
          onChange={setPerson}
          without={new Set(members.map((one) => one.userId))}
        />
        <Select
          label={t('people.orgRole')}
          description={t(`people.orgRoleText.${orgRole}`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={ORG_ROLES.map((value) => ({ value, label: t(`orgRole.${value}`) }))}
          value={orgRole}
          onChange={(value) => setOrgRole(value ?? 'user')}
          allowDeselect={false}
        />
        <Problem error={set.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            disabled={!person}
            loading={set.isPending}
            onClick={() => {
              if (person) set.mutate({ userId: person.id, orgRole, isNew: true }, { onSuccess: onClose })
            }}
          >
            {t('action.add')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
