import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useEffect, useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { toApiError } from '@/api/errors'
import { formatDuration, useLanguage } from '@/lib/format'

import { useSignIn } from '../api/sign-in'
import { useWait } from '../use-wait'

interface Props {
  signIn: ReturnType<typeof useSignIn>
  onSubmit: (input: { username: string; password: string }) => void
  wait: ReturnType<typeof useWait>
  disabled: boolean
}

export function PasswordForm({ signIn, onSubmit, wait, disabled }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [answered, setAnswered] = useState<unknown>(null)
  const isWrong = signIn.error ? toApiError(signIn.error).code === 'invalid_credentials' : false

  if (signIn.error !== answered) {
    setAnswered(signIn.error)
    if (isWrong) setPassword('')
  }
  useEffect(() => {
    if (isWrong) document.getElementById('password')?.focus()
  }, [isWrong, answered])

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSubmit({ username: username.trim(), password })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          size="md"
          label={t('signIn.username')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          withAsterisk={false}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          size="md"
          id="password"
          label={t('signIn.password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
        />
        <Button
          type="submit"
          size="md"
          mt={4}
          fullWidth
          loading={signIn.isPending}
          disabled={wait.waitMs > 0 || disabled}
        >
          {wait.waitMs > 0
            ? t('signIn.wait', { time: formatDuration(wait.waitMs, language) })
            : t('signIn.submit')}
        </Button>
      </Stack>
    </form>
  )
}
