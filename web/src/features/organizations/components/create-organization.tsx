import { Button, Group, Modal, SimpleGrid, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { CopyField } from '@/components/copy-field'
import { NewPasswordField } from '@/components/password-field'
import { Problem } from '@/components/problem'
import { nameFrom } from '@/lib/names'
import { SHORTEST_PASSWORD, USERNAME } from '@/lib/people-rules'

import { useCreateOrganization, type Organization } from '../api/organizations'

interface Props {
  onClose: () => void
  onDone: (organization: Organization) => void
}

/** A new organisation, and the person who will run it. */
export function CreateOrganization({ onClose, onDone }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('organizations.create')} size="lg">
      <CreateForm onClose={onClose} onDone={onDone} />
    </Modal>
  )
}

function CreateForm({ onClose, onDone }: Props) {
  const { t } = useTranslation()
  const create = useCreateOrganization()
  const [displayName, setDisplayName] = useState('')
  const [typedName, setName] = useState<string | null>(null)
  const [description, setDescription] = useState('')
  const [withAdmin, setWithAdmin] = useState(true)
  const [admin, setAdmin] = useState({ username: '', email: '', fullName: '', password: '' })
  const [checked, setChecked] = useState(false)
  const name = typedName ?? nameFrom(displayName)
  const badUsername = !USERNAME.test(admin.username)
  const put = (key: keyof typeof admin) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget
    setAdmin((all) => ({ ...all, [key]: value }))
  }
  const made = create.data
  if (made) {
    return (
      <Stack gap="md">
        <Text fz="sm">
          {withAdmin
            ? t('organizations.createdWithAdmin', { name: made.displayName })
            : t('organizations.created', { name: made.displayName })}
        </Text>
        {withAdmin && (
          <CopyField label={t('people.password')} value={`${admin.username}\n${admin.password}`} />
        )}
        <Group justify="flex-end">
          <Button onClick={() => onDone(made)}>{t('organizations.open')}</Button>
        </Group>
      </Stack>
    )
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setChecked(true)
    if (withAdmin && (badUsername || admin.password.length < SHORTEST_PASSWORD)) return
    create.mutate({ name, displayName, description, ...(withAdmin ? { admin } : {}) })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label={t('organizations.displayName')}
            required
            data-autofocus
            minLength={3}
            maxLength={100}
            value={displayName}
            onChange={(event) => setDisplayName(event.currentTarget.value)}
          />
          <TextInput
            label={t('organizations.shortName')}
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
        </SimpleGrid>
        <Textarea
          label={t('groups.description')}
          autosize
          minRows={1}
          maxRows={5}
          maxLength={500}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Switch
          label={t('organizations.withAdmin')}
          description={t('organizations.withAdminText')}
          checked={withAdmin}
          onChange={(event) => setWithAdmin(event.currentTarget.checked)}
        />
        {withAdmin && (
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput
              label={t('people.fullName')}
              required
              maxLength={200}
              autoComplete="off"
              value={admin.fullName}
              onChange={put('fullName')}
            />
            <TextInput
              label={t('people.email')}
              type="email"
              required
              maxLength={254}
              autoComplete="off"
              value={admin.email}
              onChange={put('email')}
            />
            <TextInput
              label={t('signIn.username')}
              description={t('people.usernameRule')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              error={checked && badUsername && t('people.badUsername')}
              required
              maxLength={32}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={admin.username}
              onChange={put('username')}
            />
            <NewPasswordField
              label={t('people.password')}
              value={admin.password}
              onChange={(password) => setAdmin((all) => ({ ...all, password }))}
              checked={checked}
            />
          </SimpleGrid>
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
