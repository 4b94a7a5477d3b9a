import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

import type { Person } from '@/api/admin-types'
import { useMe } from '@/api/me'
import { may } from '@/lib/authorization'

import type { RoleChoice } from './members-section'
import { PersonPicker } from './person-picker'
import { Problem } from './problem'

export type Newcomer = { userId: string } | { username: string }

interface Props<R extends string> {
  /** What they are added to. */
  to: string
  roleLabel: string
  roles: readonly (RoleChoice<R> & { text: string })[]
  first: R
  members: readonly { userId: string }[]
  saving: boolean
  error: unknown
  onAdd: (who: Newcomer, role: R) => void
  onClose: () => void
}

/** Takes somebody in: found by typing or, by those who may not see who there is, named exactly. */
export function AddMemberDialog<R extends string>({
  to,
  roleLabel,
  roles,
  first,
  members,
  saving,
  error,
  onAdd,
  onClose,
}: Props<R>) {
  const { t } = useTranslation()
  const canFind = may(useMe(), 'people:view')
  const [person, setPerson] = useState<Person | null>(null)
  const [typed, setTyped] = useState('')
  const [role, setRole] = useState<R>(first)
  const username = typed.trim()
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (person) onAdd({ userId: person.id }, role)
    else if (username) onAdd({ username }, role)
  }
  return (
    <Modal opened onClose={onClose} title={t('groups.addTo', { name: to })} size="sm">
      <form onSubmit={submit}>
        <Stack gap="md">
          {canFind ? (
            <PersonPicker
              label={t('people.person')}
              value={person}
              onChange={setPerson}
              without={new Set(members.map((one) => one.userId))}
            />
          ) : (
            <TextInput
              label={t('groups.nameOrEmail')}
              description={t('groups.nameOrEmailText')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              required
              data-autofocus
              maxLength={254}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          )}
          <Select
            label={roleLabel}
            description={roles.find((one) => one.value === role)?.text}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={roles.map(({ value, label }) => ({ value, label }))}
            value={role}
            onChange={(value) => setRole(value ?? first)}
            allowDeselect={false}
          />
          <Problem error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" disabled={canFind ? !person : !username} loading={saving}>
              {t('action.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
