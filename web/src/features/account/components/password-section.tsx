import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { toApiError } from '@/api/errors'
import { useMe } from '@/api/me'
import { notifyDone } from '@/components/notify'
import { Problem } from '@/components/problem'
import { Section } from '@/components/section'

import { useChangePassword } from '../api/profile'
import { MIN_PASSWORD, NewPassword, type NewPasswordValue } from './new-password'

const EMPTY: NewPasswordValue = { password: '', again: '' }

export function PasswordSection() {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <Section title={t('account.password.title')} text={t('account.password.text')}>
      {me.provider === 'local' ? (
        <PasswordForm />
      ) : (
        <Text fz="sm" c="dimmed">
          {t('account.password.elsewhere')}
        </Text>
      )}
    </Section>
  )
}

function PasswordForm() {
  const { t } = useTranslation()
  const me = useMe()
  const change = useChangePassword()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState(EMPTY)
  const isWrong = change.error ? toApiError(change.error).code === 'wrong_password' : false
  const isReady = current !== '' && next.password.length >= MIN_PASSWORD && next.password === next.again
  return (
    <form
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        if (!isReady) return
        change.mutate(
          { currentPassword: current, newPassword: next.password },
          {
            onSuccess: () => {
              setCurrent('')
              setNext(EMPTY)
              notifyDone(t('account.password.changed'))
            },
          },
        )
      }}
    >
      {/* Password managers look for the name that the new password belongs to. */}
      <input type="text" autoComplete="username" value={me.username} readOnly hidden />
      <Stack gap="md" maw={460}>
        <PasswordInput
          label={t('account.password.current')}
          autoComplete="current-password"
          error={isWrong ? t('account.proof.wrong') : undefined}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
        />
        <NewPassword value={next} onChange={setNext} />
        {!isWrong && <Problem error={change.error} />}
        <Group>
          <Button type="submit" disabled={!isReady} loading={change.isPending}>
            {t('account.password.change')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
