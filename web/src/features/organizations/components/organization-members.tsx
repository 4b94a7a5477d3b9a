import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { ORG_ROLES } from '@/api/admin-types'
import { useMe } from '@/api/me'
import { AddMemberDialog } from '@/components/add-member-dialog'
import { useConfirm } from '@/components/confirm'
import { MembersSection } from '@/components/members-section'
import { notifyDone, useNotifyError } from '@/components/notify'

import { membersQuery, useAddMember, useSetMember, type Organization } from '../api/organizations'

interface Props {
  organization: Organization
  canManage: boolean
}

export function OrganizationMembers({ organization, canManage }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const query = useInfiniteQuery(membersQuery(organization.id))
  const add = useAddMember(organization.id)
  const set = useSetMember(organization.id)
  const [adding, setAdding] = useState(false)
  const members = query.data?.pages.flatMap((page) => page.members) ?? []
  const roles = ORG_ROLES.map((value) => ({
    value,
    label: t(`orgRole.${value}`),
    text: t(`people.orgRoleText.${value}`),
  }))
  const remove = async (userId: string) => {
    const member = members.find((one) => one.userId === userId)
    if (!member) return
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
      { userId, orgRole: null },
      { onSuccess: () => notifyDone(t('organizations.removed')), onError: notifyError },
    )
  }
  const close = () => {
    add.reset()
    setAdding(false)
  }
  return (
    <>
      <MembersSection
        query={query}
        members={members.map((member) => ({
          ...member,
          role: member.orgRole,
          text: [member.username, !member.active && t('people.deactivated')].filter(Boolean).join(' · '),
          mayChange: canManage && member.userId !== me.id,
        }))}
        total={query.data?.pages[0]?.total ?? organization.memberCount}
        none={t('organizations.noMembers')}
        roles={roles}
        nameOf={(role) => t(`orgRole.${role}`)}
        onRole={(userId, orgRole) => set.mutate({ userId, orgRole }, { onError: notifyError })}
        onRemove={(userId) => void remove(userId)}
        onAdd={canManage ? () => setAdding(true) : undefined}
      />
      {adding && (
        <AddMemberDialog
          to={organization.displayName}
          roleLabel={t('people.orgRole')}
          roles={roles}
          first="user"
          members={members}
          saving={add.isPending}
          error={add.error}
          onAdd={(who, orgRole) => add.mutate({ ...who, orgRole }, { onSuccess: close })}
          onClose={close}
        />
      )}
    </>
  )
}
