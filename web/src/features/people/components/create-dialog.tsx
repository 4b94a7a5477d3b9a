import { Button, Group, Modal, MultiSelect, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { ORG_ROLES, ROLES, type OrgRole, type Role } from '@/api/admin-types'
import { useMe } from '@/api/me'
import { CopyField } from '@/components/copy-field'
import { NewPasswordField } from '@/components/password-field'
import { Problem } from '@/components/problem'
import { may } from '@/lib/authorization'
import { SHORTEST_PASSWORD, USERNAME } from '@/lib/people-rules'

import { groupChoicesQuery, useCreatePerson } from '../api/people'

/** A new person of this organisation, with a first password to hand over. */
export default function CreateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('people.create')} size="lg">
      <CreateForm onClose={onClose} />
    </Modal>
  )
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const create = useCreatePerson()
  const groups = useQuery(groupChoicesQuery())
  const [fullName, setFullName] = useState('')
  const [username, setUsername] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [orgRole, setOrgRole] = useState<OrgRole>('user')
  const [role, setRole] = useState<Role>('user')
  const [inGroups, setInGroups] = useState<string[]>([])
  const [checked, setChecked] = useState(false)
  const badName = !USERNAME.test(username)
  const badPassword = password.length < SHORTEST_PASSWORD

  if (create.data) {
    const { id } = create.data
    return (
      <Stack gap="md">
        <Text fz="sm">{t('people.createdText', { name: create.data.fullName || create.data.username })}</Text>
        <CopyField label={t('people.password')} value={`${create.data.username}\n${password}`} />
        <Group justify="flex-end" gap="xs">
          <Button
            variant="default"
            onClick={() => void navigate({ to: '/admin/people/$id', params: { id } })}
          >
            {t('people.openPerson')}
          </Button>
          <Button onClick={onClose}>{t('action.done')}</Button>
        </Group>
      </Stack>
    )
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setChecked(true)
    if (badName || badPassword) return
    create.mutate({
      username,
      email,
      fullName,
      password,
      orgRole,
      ...(role === 'user' ? {} : { role }),
      ...(inGroups.length > 0 ? { groups: inGroups } : {}),
    })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label={t('people.fullName')}
            required
            data-autofocus
            maxLength={200}
            autoComplete="off"
            value={fullName}
            onChange={(event) => setFullName(event.currentTarget.value)}
          />
          <TextInput
            label={t('people.email')}
            type="email"
            required
            maxLength={254}
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <TextInput
            label={t('signIn.username')}
            description={t('people.usernameRule')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            required
            maxLength={32}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={checked && badName && t('people.badUsername')}
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
          <NewPasswordField
            label={t('people.password')}
            value={password}
            onChange={setPassword}
            checked={checked}
          />
          <Select
            label={t('people.orgRole')}
            data={ORG_ROLES.map((value) => ({ value, label: t(`orgRole.${value}`) }))}
            value={orgRole}
            onChange={(value) => setOrgRole(value ?? 'user')}
            allowDeselect={false}
          />
          {may(me, 'roles:grant') && (
            <Select
              label={t('people.systemRole')}
              data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
              value={role}
              onChange={(value) => setRole(value ?? 'user')}
              allowDeselect={false}
            />
          )}
        </SimpleGrid>
        {(groups.data?.groups.length ?? 0) > 0 && (
          <MultiSelect
            label={t('people.groups')}
            placeholder={inGroups.length === 0 ? t('people.pickGroup') : undefined}
            searchable
            data={groups.data?.groups.map((one) => ({ value: one.id, label: one.displayName })) ?? []}
            value={inGroups}
            onChange={setInGroups}
          />
        )}
        <Problem error={create.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('action.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
