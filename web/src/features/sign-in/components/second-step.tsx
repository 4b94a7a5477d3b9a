import { Anchor, Button, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconArrowLeft, IconFingerprint } from '@tabler/icons-react'
import { useEffect, useRef, useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { toApiError } from '@/api/errors'
import { passkeysSupported } from '@/api/passkeys'
import type { LoginAnswer } from '@/api/types'
import { Problem } from '@/components/problem'
import { formatDuration, useLanguage } from '@/lib/format'

import { useSecondPasskey, useSendCode } from '../api/sign-in'
import type { Step, Way } from '../second-step'
import { useWait } from '../use-wait'
import classes from './second-step.module.css'

interface Props {
  step: Step
  onSignedIn: (answer: LoginAnswer) => void
  onBack: () => void
  /** Too much time has passed since the password. */
  onExpired: () => void
}

/** Proves with a code or a passkey that the password is in the right hands. */
export function SecondStep({ step, onSignedIn, onBack, onExpired }: Props) {
  const { t } = useTranslation()
  const ways = step.ways.filter((way) => way !== 'webauthn' || passkeysSupported())
  const [way, setWay] = useState<Way>(ways.includes('totp') ? 'totp' : (ways[0] ?? 'backup'))
  return (
    <Stack gap="md">
      <div>
        <Title order={2} fz="md">
          {t(`signIn.second.${way}.title`)}
        </Title>
        <Text fz="sm" c="dimmed" mt={4}>
          {t(`signIn.second.${way}.text`)}
        </Text>
      </div>
      {way === 'webauthn' ? (
        <PasskeyStep step={step} onSignedIn={onSignedIn} onExpired={onExpired} />
      ) : (
        <CodeStep key={way} way={way} step={step} onSignedIn={onSignedIn} onExpired={onExpired} />
      )}
      <Stack gap={6} align="flex-start">
        {ways
          .filter((other) => other !== way)
          .map((other) => (
            <Anchor key={other} component="button" type="button" fz="sm" onClick={() => setWay(other)}>
              {t(`signIn.second.${other}.choose`)}
            </Anchor>
          ))}
        <Anchor component="button" type="button" fz="sm" c="dimmed" className={classes.back} onClick={onBack}>
          <IconArrowLeft size={15} aria-hidden />
          {t('signIn.second.back')}
        </Anchor>
      </Stack>
    </Stack>
  )
}

function CodeStep({ way, step, onSignedIn, onExpired }: Omit<Props, 'onBack'> & { way: 'totp' | 'backup' }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [code, setCode] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const send = useSendCode(step.mfaToken)
  const wait = useWait()
  const isTotp = way === 'totp'

  useEffect(() => {
    if (!send.isPending) field.current?.focus()
  }, [send.isPending])

  const submit = (value: string) => {
    if (send.isPending || wait.waitMs > 0 || value === '') return
    send.mutate(value, {
      onSuccess: onSignedIn,
      onError: (problem) => {
        wait.heed(problem)
        const { code: reason, status } = toApiError(problem)
        if (reason === 'mfa_expired') onExpired()
        else if (status === 401) setCode('')
      },
    })
  }
  return (
    <form
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        submit(code.trim())
      }}
    >
      <Stack gap="md">
        <Problem error={send.error} />
        <TextInput
          ref={field}
          size="md"
          label={t(`signIn.second.${way}.label`)}
          classNames={{ input: classes.code }}
          name="code"
          inputMode={isTotp ? 'numeric' : 'text'}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={isTotp ? 7 : 40}
          required
          withAsterisk={false}
          disabled={send.isPending}
          value={code}
          onChange={(event) => {
            const value = event.currentTarget.value
            const digits = value.replace(/\D/g, '')
            setCode(isTotp ? digits : value)
            // Six digits can only be the whole code.
            if (isTotp && digits.length === 6) submit(digits)
          }}
        />
        <Button type="submit" size="md" fullWidth loading={send.isPending} disabled={wait.waitMs > 0}>
          {wait.waitMs > 0
            ? t('signIn.wait', { time: formatDuration(wait.waitMs, language) })
            : t('signIn.second.submit')}
        </Button>
      </Stack>
    </form>
  )
}

function PasskeyStep({ step, onSignedIn, onExpired }: Omit<Props, 'onBack'>) {
  const { t } = useTranslation()
  const language = useLanguage()
  const passkey = useSecondPasskey(step.mfaToken)
  const wait = useWait()
  return (
    <Stack gap="md">
      <Problem error={passkey.error} />
      <Button
        size="md"
        fullWidth
        autoFocus
        leftSection={<IconFingerprint size={18} stroke={1.8} />}
        loading={passkey.isPending}
        disabled={wait.waitMs > 0}
        onClick={() =>
          passkey.mutate(undefined, {
            onSuccess: onSignedIn,
            onError: (problem) => {
              wait.heed(problem)
              if (toApiError(problem).code === 'mfa_expired') onExpired()
            },
          })
        }
      >
        {wait.waitMs > 0
          ? t('signIn.wait', { time: formatDuration(wait.waitMs, language) })
          : t('signIn.second.webauthn.submit')}
      </Button>
    </Stack>
  )
}
