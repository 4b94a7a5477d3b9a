import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { notifyDone } from '@/components/notify'
import { Problem } from '@/components/problem'
import { Facts, Section } from '@/components/section'
import { formatMoment, useLanguage } from '@/lib/format'

import { useChangeProfile } from '../api/profile'

/** Name and address to change, and what an administrator decides. */
export function ProfileSections() {
  const { t } = useTranslation()
  const language = useLanguage()
  const me = useMe()
  return (
    <Stack gap="lg">
      <Section title={t('account.profile.about')}>
        <ProfileForm />
      </Section>
      <Section title={t('account.profile.membership')} text={t('account.profile.membershipText')}>
        <Facts
          facts={[
            [t('account.profile.username'), me.username],
            [t('account.profile.organization'), me.organization.displayName],
            [t('account.profile.orgRole'), t(`orgRole.${me.orgRole}`)],
            ...(me.role === 'user' ? [] : [[t('account.profile.role'), t(`role.${me.role}`)] as const]),
            [t('account.profile.signsIn'), t(`account.provider.${me.provider}`)],
            [t('account.profile.since'), formatMoment(me.createdAt, language)],
          ]}
        />
      </Section>
    </Stack>
  )
}

function ProfileForm() {
  const { t } = useTranslation()
  const me = useMe()
  const change = useChangeProfile()
  const [fullName, setFullName] = useState(me.fullName)
  const [email, setEmail] = useState(me.email)
  const isChanged = fullName !== me.fullName || email !== me.email
  return (
    <form
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        change.mutate(
          {
            ...(fullName !== me.fullName && { fullName: fullName.trim() }),
            ...(email !== me.email && { email: email.trim() }),
          },
          { onSuccess: () => notifyDone(t('account.saved')) },
        )
      }}
    >
      <Stack gap="md" maw={460}>
        <TextInput
          label={t('account.profile.fullName')}
          autoComplete="name"
          maxLength={100}
          value={fullName}
          onChange={(event) => setFullName(event.currentTarget.value)}
        />
        <TextInput
          label={t('account.profile.email')}
          type="email"
          autoComplete="email"
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Problem error={change.error} />
        <Group>
          <Button type="submit" disabled={!isChanged} loading={change.isPending}>
            {t('account.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
