import { ActionIcon, Menu, Text } from '@mantine/core'
import { IconDots, IconDoorExit, IconEdit, IconFolderPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Group } from '@/api/admin-types'
import { useMe } from '@/api/me'
import { useConfirm } from '@/components/confirm'
import { notifyDone, useNotifyError } from '@/components/notify'
import { PolicySection } from '@/components/policy-section'
import { QuotaSection } from '@/components/quota-section'
import { Section } from '@/components/section'
import { may } from '@/lib/authorization'

import { groupQuotaQuery, useDeleteGroup, useSetGroupQuota, useSetMember } from '../api/groups'
import { pathTo } from '../tree'
import { GroupDialog } from './group-dialog'
import { GroupMembers } from './group-members'
import classes from './groups-view.module.css'

interface Props {
  group: Group
  groups: Group[]
  /** Missing: where this is shown, no group can be made. */
  onCreate?: (parentId: string) => void
  onGone: () => void
}

/** One group: what it is, its limits and use, and its people, as far as who looks may change them. */
export function GroupDetail({ group, groups, onCreate, onGone }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const remove = useDeleteGroup()
  const setMember = useSetMember(group.id)
  const [editing, setEditing] = useState(false)
  const mine = group.myRole
  const canChange = may(me, 'groups:manage') || mine === 'admin' || mine === 'owner'
  const canDelete = may(me, 'groups:manage') || mine === 'owner'
  const canCreate = may(me, 'groups:create')
  const canSeeInside = !!mine || may(me, 'groups:view')
  const path = pathTo(groups, group.id)
  const below = groups.filter((one) => one.parentId === group.id).length

  const askRemove = async () => {
    const yes = await confirm({
      title: t('groups.deleteTitle', { name: group.displayName }),
      text: t('groups.deleteText', { count: group.memberCount }),
      confirm: t('groups.delete'),
    })
    if (!yes) return
    try {
      // Not the callbacks of `mutate`: with its group, this component is gone before they would be called.
      await remove.mutateAsync(group.id)
      notifyDone(t('groups.deleted', { name: group.displayName }))
      onGone()
    } catch (error) {
      notifyError(error)
    }
  }
  const askLeave = async () => {
    const yes = await confirm({
      title: t('groups.leaveTitle', { name: group.displayName }),
      text: mine === 'owner' ? t('groups.leaveOwnerText') : t('groups.leaveText'),
      confirm: t('groups.leave'),
    })
    if (!yes) return
    try {
      await setMember.mutateAsync({ userId: me.id, role: null })
      notifyDone(t('groups.left', { name: group.displayName }))
      // Who sees every group stays with this one.
      if (!may(me, 'groups:view')) onGone()
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <>
      <Section
        title={group.displayName}
        text={`${t(`groups.types.${group.type}`)} · ${group.name}`}
        actions={
          (canChange || canCreate || mine) && (
            <Menu position="bottom-end" width={210}>
              <Menu.Target>
                <ActionIcon
                  variant="default"
                  size="lg"
                  aria-label={t('session.actionsOf', { name: group.displayName })}
                >
                  <IconDots size={18} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {canChange && (
                  <Menu.Item leftSection={<IconEdit size={16} />} onClick={() => setEditing(true)}>
                    {canCreate ? t('groups.editOrMove') : t('groups.edit')}
                  </Menu.Item>
                )}
                {canCreate && onCreate && (
                  <Menu.Item leftSection={<IconFolderPlus size={16} />} onClick={() => onCreate(group.id)}>
                    {t('groups.createBelow')}
                  </Menu.Item>
                )}
                {mine && (
                  <Menu.Item leftSection={<IconDoorExit size={16} />} onClick={() => void askLeave()}>
                    {t('groups.leave')}
                  </Menu.Item>
                )}
                {canDelete && (
                  <Menu.Item
                    color="red"
                    leftSection={<IconTrash size={16} />}
                    disabled={below > 0}
                    onClick={() => void askRemove()}
                  >
                    {below > 0 ? t('groups.deleteNotEmpty') : t('groups.delete')}
                  </Menu.Item>
                )}
              </Menu.Dropdown>
            </Menu>
          )
        }
      >
        {path.length > 0 && (
          <nav className={classes.path} aria-label={t('groups.path')}>
            {path.map((one) => (
              <span key={one.id}>
                {may(me, 'groups:view') ? (
                  <Link to="/admin/groups" search={{ group: one.id }}>
                    {one.displayName}
                  </Link>
                ) : (
                  one.displayName
                )}
                {' ›'}
              </span>
            ))}
            <span>{group.displayName}</span>
          </nav>
        )}
        <Text fz="sm" c={group.description ? undefined : 'dimmed'} mt={path.length > 0 ? 8 : 0}>
          {group.description || t('groups.noDescription')}
        </Text>
      </Section>
      {canSeeInside && <GroupQuota group={group} />}
      {canSeeInside && (
        <PolicySection
          owner={{ kind: 'group', id: group.id }}
          name={group.displayName}
          canSet={may(me, 'policies:manage')}
        />
      )}
      {canSeeInside && <GroupMembers group={group} canChange={canChange} isOwner={canDelete} />}
      {editing && (
        <GroupDialog
          group={group}
          groups={groups}
          onClose={() => setEditing(false)}
          onDone={() => {
            setEditing(false)
            notifyDone(t('action.saved'))
          }}
        />
      )}
    </>
  )
}

function GroupQuota({ group }: { group: Group }) {
  const { t } = useTranslation()
  return (
    <QuotaSection
      name={group.displayName}
      text={t('quotas.groupText')}
      query={useQuery(groupQuotaQuery(group.id))}
      set={useSetGroupQuota(group.id)}
      canSet={may(useMe(), 'quotas:manage')}
    />
  )
}
