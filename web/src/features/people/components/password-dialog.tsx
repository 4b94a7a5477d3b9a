import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

import type { Person } from '@/api/admin-types'
import { CopyField } from '@/components/copy-field'
import { NewPasswordField } from '@/components/password-field'
import { Problem } from '@/components/problem'
import { SHORTEST_PASSWORD } from '@/lib/people-rules'

import { useSetPassword } from '../api/person'

/** A new password for somebody, to hand over. */
export function PasswordDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation()
  const set = useSetPassword(person.id)
  const [password, setPassword] = useState('')
  const [checked, setChecked] = useState(false)
  const bad = password.length < SHORTEST_PASSWORD
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setChecked(true)
    if (!bad) set.mutate(password)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('people.setPasswordOf', { name: person.fullName || person.username })}
    >
      {set.isSuccess ? (
        <Stack gap="md">
          <Text fz="sm">{t('people.passwordSet')}</Text>
          <CopyField label={t('people.password')} value={password} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('action.done')}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack gap="md">
            <Text fz="sm" c="dimmed">
              {t('people.setPasswordWarning')}
            </Text>
            <NewPasswordField
              label={t('people.newPassword')}
              value={password}
              onChange={setPassword}
              checked={checked}
              autoFocus
            />
            <Problem error={set.error} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('action.cancel')}
              </Button>
              <Button type="submit" loading={set.isPending}>
                {t('people.setPassword')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  )
}
