import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { GROUP_ROLES, type Group } from '@/api/admin-types'
import { AddMemberDialog } from '@/components/add-member-dialog'
import { MembersSection } from '@/components/members-section'
import { useNotifyError } from '@/components/notify'
import { notifyUndo } from '@/components/notify-undo'

import { membersQuery, useAddMember, useSetMember } from '../api/groups'

interface Props {
  group: Group
  canChange: boolean
  /** Whether owners may be made and unmade. */
  isOwner: boolean
}

export function GroupMembers({ group, canChange, isOwner }: Props) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(membersQuery(group.id))
  const add = useAddMember(group.id)
  const set = useSetMember(group.id)
  const notifyError = useNotifyError()
  const [adding, setAdding] = useState(false)
  const members = query.data?.pages.flatMap((page) => page.members) ?? []
  const roles = GROUP_ROLES.filter((value) => isOwner || value !== 'owner').map((value) => ({
    value,
    label: t(`groups.roles.${value}`),
    text: t(`groups.roleText.${value}`),
  }))
  const remove = (userId: string) => {
    const member = members.find((one) => one.userId === userId)
    if (!member) return
    const name = member.fullName || member.username
    const undo = () => add.mutate({ userId, role: member.role }, { onError: notifyError })
    set.mutate(
      { userId, role: null },
      {
        onError: notifyError,
        onSuccess: () => notifyUndo(t('groups.removed', { name }), t('action.undo'), undo),
      },
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
          text: [member.username, member.email].filter(Boolean).join(' · '),
          mayChange: canChange && (isOwner || member.role !== 'owner'),
        }))}
        total={query.data?.pages[0]?.total ?? group.memberCount}
        none={t('groups.noMembers')}
        roles={roles}
        nameOf={(role) => t(`groups.roles.${role}`)}
        onRole={(userId, role) => set.mutate({ userId, role }, { onError: notifyError })}
        onRemove={remove}
        onAdd={canChange ? () => setAdding(true) : undefined}
      />
      {adding && (
        <AddMemberDialog
          to={group.displayName}
          roleLabel={t('groups.role')}
          roles={roles}
          first="member"
          members={members}
          saving={add.isPending}
          error={add.error}
          onAdd={(who, role) => add.mutate({ ...who, role }, { onSuccess: close })}
          onClose={close}
        />
      )}
    </>
  )
}
