import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { Problem } from '@/components/problem'

import { useSetUp } from '../api/profile'
import { MIN_PASSWORD, NewPassword } from './new-password'

/** What the first administrator chooses instead of what was generated. */
export function SetupForm({ onDone, onSkip }: { onDone: () => void; onSkip: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const setUp = useSetUp()
  const [next, setNext] = useState({ password: '', again: '' })
  const [email, setEmail] = useState(me.email.endsWith('@localhost') ? '' : me.email)
  const [organization, setOrganization] = useState(me.organization.displayName)
  const isReady = next.password.length >= MIN_PASSWORD && next.password === next.again && email.trim() !== ''
  return (
    <form
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        if (!isReady) return
        setUp.mutate(
          {
            password: next.password,
            passwordConfirm: next.again,
            email: email.trim(),
            organizationName: organization.trim() || undefined,
          },
          { onSuccess: onDone },
        )
      }}
    >
      <input type="text" autoComplete="username" value={me.username} readOnly hidden />
      <Stack gap="md">
        <NewPassword value={next} onChange={setNext} />
        <TextInput
          label={t('setup.email')}
          description={t('setup.emailText')}
          type="email"
          autoComplete="email"
          maxLength={254}
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <TextInput
          label={t('setup.organization')}
          description={t('setup.organizationText')}
          autoComplete="organization"
          maxLength={100}
          value={organization}
          onChange={(event) => setOrganization(event.currentTarget.value)}
        />
        <Problem error={setUp.error} />
        <Group justify="space-between" mt={4}>
          <Button variant="subtle" color="gray" onClick={onSkip}>
            {t('setup.later')}
          </Button>
          <Button type="submit" disabled={!isReady} loading={setUp.isPending}>
            {t('setup.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
