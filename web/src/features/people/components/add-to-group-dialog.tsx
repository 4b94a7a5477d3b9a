import { Button, Group, Modal, Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Person } from '@/api/admin-types'
import { toApiError } from '@/api/errors'
import { notifyDone } from '@/components/notify'
import { Problem } from '@/components/problem'

import { groupChoicesQuery, useAddToGroup } from '../api/people'

interface Props {
  people: Person[]
  onClose: () => void
  onDone: () => void
}

/** Puts people into a group; who is in it already stays as they are. */
export function AddToGroupDialog({ people, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const groups = useQuery(groupChoicesQuery())
  const add = useAddToGroup()
  const [groupId, setGroupId] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [working, setWorking] = useState(false)
  const chosen = groups.data?.groups.find((one) => one.id === groupId)
  const save = async () => {
    if (!chosen) return
    setWorking(true)
    const newcomers = people.filter((one) => !one.groups?.includes(chosen.id))
    const results = await Promise.allSettled(
      newcomers.map((person) => add.mutateAsync({ groupId: chosen.id, userId: person.id })),
    )
    setWorking(false)
    // Somebody else may have added them meanwhile, which is what was wanted.
    const failed = results.find((one) => one.status === 'rejected' && toApiError(one.reason).status !== 409)
    if (failed?.status === 'rejected') {
      setError(failed.reason)
      return
    }
    notifyDone(t('people.addedToGroup', { count: people.length, group: chosen.displayName }))
    onDone()
  }
  return (
    <Modal opened onClose={onClose} title={t('people.addToGroupTitle', { count: people.length })} size="sm">
      <Stack gap="md">
        <Select
          label={t('people.group')}
          placeholder={t('people.pickGroup')}
          searchable
          data-autofocus
          data={groups.data?.groups.map((one) => ({ value: one.id, label: one.displayName })) ?? []}
          nothingFoundMessage={groups.isPending ? t('loading') : t('people.noGroups')}
          value={groupId}
          onChange={setGroupId}
        />
        <Problem error={error ?? groups.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button disabled={!chosen} loading={working} onClick={() => void save()}>
            {t('action.add')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
