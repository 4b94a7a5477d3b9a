import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useEffect, useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { toApiError } from '@/api/errors'
import { useErrorText } from '@/components/error-text'
import { formatDuration, useLanguage } from '@/lib/format'
import { useNow } from '@/lib/now'

import { useSignIn } from '../api/sign-in'

export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const signIn = useSignIn()
  const describe = useErrorText()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [waitUntil, setWaitUntil] = useState(0)
  const now = useNow(500)
  const waitMs = Math.max(0, waitUntil - now)
  const problem = signIn.error ? toApiError(signIn.error) : null

  useEffect(() => {
    if (problem?.code === 'invalid_credentials') document.getElementById('password')?.focus()
  }, [problem])

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    signIn.mutate(
      { username: username.trim(), password },
      {
        onSuccess: onSignedIn,
        onError: (error) => {
          const { code, retryAfterSeconds } = toApiError(error)
          if (code === 'too_many_attempts') setWaitUntil(Date.now() + (retryAfterSeconds ?? 60) * 1000)
          if (code === 'invalid_credentials') setPassword('')
        },
      },
    )
  }
  const text = problem && describe(problem)
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {text && (
          <Alert
            color="red"
            variant="light"
            icon={<IconAlertCircle size={18} />}
            title={text.title}
            role="alert"
          >
            {text.message}
          </Alert>
        )}
        <TextInput
          size="md"
          label={t('login.username')}
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
          label={t('login.password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword') }}
        />
        <Button type="submit" size="md" mt="xs" fullWidth loading={signIn.isPending} disabled={waitMs > 0}>
          {waitMs > 0 ? t('login.wait', { time: formatDuration(waitMs, language) }) : t('login.submit')}
        </Button>
      </Stack>
    </form>
  )
}
