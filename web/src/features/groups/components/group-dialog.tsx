import { Button, Group as Row, Modal, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

import type { Group } from '@/api/admin-types'
import { useMe } from '@/api/me'
import { Problem } from '@/components/problem'
import { may } from '@/lib/authorization'
import { nameFrom } from '@/lib/names'

import { useChangeGroup, useCreateGroup } from '../api/groups'
import { possibleParents } from '../tree'

export const TYPES = ['team', 'department', 'project'] as const

interface Props {
  /** Missing: a new group. */
  group?: Group
  parentId?: string
  groups: Group[]
  onClose: () => void
  onDone: (group: Group) => void
}

/** Makes a group, or changes what it is called and where it stands. */
export function GroupDialog({ group, parentId: firstParent, groups, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const create = useCreateGroup()
  const change = useChangeGroup()
  const [displayName, setDisplayName] = useState(group?.displayName ?? '')
  const [typedName, setName] = useState<string | null>(null)
  const [description, setDescription] = useState(group?.description ?? '')
  const [type, setType] = useState<Group['type']>(group?.type ?? 'team')
  const [parentId, setParent] = useState<string | null>(group?.parentId ?? firstParent ?? null)
  const name = typedName ?? nameFrom(displayName)
  // Into a group where other people's limits count, only who may make groups moves one.
  const canMove = may(useMe(), 'groups:create')
  const parents = group ? possibleParents(groups, group.id) : groups
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (group) {
      change.mutate(
        {
          id: group.id,
          change: {
            displayName,
            description,
            type,
            ...((group.parentId ?? null) === parentId ? {} : { parentId }),
          },
        },
        { onSuccess: onDone },
      )
    } else {
      create.mutate({ name, displayName, description, type, parentId }, { onSuccess: onDone })
    }
  }
  return (
    <Modal opened onClose={onClose} title={group ? t('groups.edit') : t('groups.create')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t('groups.displayName')}
            required
            data-autofocus
            minLength={3}
            maxLength={100}
            value={displayName}
            onChange={(event) => setDisplayName(event.currentTarget.value)}
          />
          {!group && (
            <TextInput
              label={t('groups.name')}
              description={t('groups.nameRule')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              required
              minLength={3}
              maxLength={50}
              autoCapitalize="none"
              spellCheck={false}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select
              label={t('groups.type')}
              data={TYPES.map((value) => ({ value, label: t(`groups.types.${value}`) }))}
              value={type}
              onChange={(value) => setType(value ?? 'team')}
              allowDeselect={false}
            />
            {canMove && (
              <Select
                label={t('groups.parent')}
                placeholder={t('groups.top')}
                searchable
                clearable
                data={parents.map((one) => ({ value: one.id, label: one.displayName }))}
                value={parentId}
                onChange={setParent}
              />
            )}
          </SimpleGrid>
          <Textarea
            label={t('groups.description')}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={500}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <Problem error={create.error ?? change.error} />
          <Row justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending || change.isPending}>
              {group ? t('action.save') : t('action.create')}
            </Button>
          </Row>
        </Stack>
      </form>
    </Modal>
  )
}
