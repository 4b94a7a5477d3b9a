import { Button, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { ORG_ROLES, ROLES, type Person } from '@/api/admin-types'
import { useMe } from '@/api/me'
import { notifyDone } from '@/components/notify'
import { Problem } from '@/components/problem'
import { Facts, Section } from '@/components/section'
import { TimeAgo } from '@/components/time-ago'
import { may } from '@/lib/authorization'

import { useChangePerson, type PersonChange } from '../api/people'

/** What has changed of a person, and nothing else. */
function changes(person: Person, next: Required<Omit<PersonChange, 'active'>>): PersonChange {
  return Object.fromEntries(
    Object.entries(next).filter(([key, value]) => person[key as keyof typeof next] !== value),
  )
}

export function PersonProfile({ person, canManage }: { person: Person; canManage: boolean }) {
  const { t } = useTranslation()
  const me = useMe()
  const change = useChangePerson()
  const [fullName, setFullName] = useState(person.fullName)
  const [email, setEmail] = useState(person.email)
  const [orgRole, setOrgRole] = useState(person.orgRole)
  const [role, setRole] = useState(person.role)
  const changed = changes(person, { fullName, email, orgRole, role })
  const dirty = Object.keys(changed).length > 0
  const isMe = person.id === me.id
  const saved = () => notifyDone(t('action.saved'))
  // The form shows why.
  const refused = () => undefined
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    // What was saved draws this form anew, and `mutate` would then forget its callbacks.
    void change.mutateAsync({ id: person.id, change: changed }).then(saved, refused)
  }
  const since = (
    <Facts
      facts={[
        [t('people.provider'), t(`people.providers.${person.provider}`)],
        [t('people.created'), <TimeAgo key="c" at={person.createdAt} />],
        [
          t('people.lastLogin'),
          person.lastLogin ? <TimeAgo key="l" at={person.lastLogin} /> : t('people.never'),
        ],
      ]}
    />
  )
  if (!canManage) {
    return (
      <Section title={t('people.profile')}>
        <Stack gap="md">
          <Facts
            facts={[
              [t('people.email'), person.email || '–'],
              [t('people.orgRole'), t(`orgRole.${person.orgRole}`)],
              [t('people.systemRole'), t(`role.${person.role}`)],
            ]}
          />
          {since}
        </Stack>
      </Section>
    )
  }
  return (
    <Section title={t('people.profile')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput
              label={t('people.fullName')}
              required
              withAsterisk={false}
              maxLength={200}
              value={fullName}
              onChange={(event) => setFullName(event.currentTarget.value)}
            />
            <TextInput
              label={t('people.email')}
              type="email"
              maxLength={254}
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <Select
              label={t('people.orgRole')}
              description={t(`people.orgRoleText.${orgRole}`)}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              data={ORG_ROLES.map((value) => ({ value, label: t(`orgRole.${value}`) }))}
              value={orgRole}
              onChange={(value) => setOrgRole(value ?? person.orgRole)}
              allowDeselect={false}
              disabled={isMe}
            />
            <Select
              label={t('people.systemRole')}
              description={t(`people.roleText.${role}`)}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
              value={role}
              onChange={(value) => setRole(value ?? person.role)}
              allowDeselect={false}
              disabled={isMe || !may(me, 'roles:grant')}
            />
          </SimpleGrid>
          {since}
          <Problem error={change.error} />
          {dirty && (
            <Group justify="flex-end" gap="xs">
              <Button
                variant="default"
                onClick={() => {
                  setFullName(person.fullName)
                  setEmail(person.email)
                  setOrgRole(person.orgRole)
                  setRole(person.role)
                  change.reset()
                }}
              >
                {t('action.discard')}
              </Button>
              <Button type="submit" loading={change.isPending}>
                {t('action.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Section>
  )
}
