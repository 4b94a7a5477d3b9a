import { ActionIcon, Anchor, Button, Skeleton, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Group, Person } from '@/api/admin-types'
import { useMe } from '@/api/me'
import { useNotifyError } from '@/components/notify'
import { notifyUndo } from '@/components/notify-undo'
import { PartError } from '@/components/part-error'
import { Grow, Row, Rows, Section } from '@/components/section'
import { may } from '@/lib/authorization'

import { useAddToGroup, useRemoveFromGroup } from '../api/people'
import { personGroupsQuery } from '../api/person'
import { AddToGroupDialog } from './add-to-group-dialog'

export function PersonGroups({ person }: { person: Person }) {
  const { t } = useTranslation()
  const canManage = may(useMe(), 'groups:manage')
  const query = useQuery(personGroupsQuery(person.id))
  const add = useAddToGroup()
  const remove = useRemoveFromGroup()
  const notifyError = useNotifyError()
  const [adding, setAdding] = useState(false)
  const groups = query.data?.groups ?? []
  const drop = (group: Group) =>
    remove.mutate(
      { groupId: group.id, userId: person.id },
      {
        onError: notifyError,
        onSuccess: () =>
          notifyUndo(t('people.removedFromGroup', { group: group.displayName }), t('action.undo'), () =>
            add.mutate({ groupId: group.id, userId: person.id }, { onError: notifyError }),
          ),
      },
    )
  return (
    <Section
      title={t('people.groups')}
      actions={
        canManage && (
          <Button size="compact-sm" variant="default" onClick={() => setAdding(true)}>
            {t('people.addToGroup')}
          </Button>
        )
      }
      flush={groups.length > 0}
    >
      {query.isPending && <Skeleton h={44} />}
      {query.isError && !query.data && <PartError error={query.error} />}
      {query.data && groups.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('people.inNoGroup')}
        </Text>
      )}
      {groups.length > 0 && (
        <Rows>
          {groups.map((group) => (
            <Row key={group.id}>
              <Grow>
                <Anchor
                  fz="sm"
                  fw={500}
                  c="var(--mantine-color-text)"
                  display="block"
                  truncate
                  renderRoot={(props) => <Link to="/admin/groups" search={{ group: group.id }} {...props} />}
                >
                  {group.displayName}
                </Anchor>
                <Text fz="xs" c="dimmed">
                  {t(`groups.types.${group.type}`)}
                </Text>
              </Grow>
              {canManage && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('people.removeFromGroup', { group: group.displayName })}
                  onClick={() => drop(group)}
                >
                  <IconX size={16} />
                </ActionIcon>
              )}
            </Row>
          ))}
        </Rows>
      )}
      {adding && (
        <AddToGroupDialog
          people={[{ ...person, groups: groups.map((one) => one.id) }]}
          onClose={() => setAdding(false)}
          onDone={() => setAdding(false)}
        />
      )}
    </Section>
  )
}
