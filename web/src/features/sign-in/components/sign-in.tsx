import { Alert, Button, Divider, Stack } from '@mantine/core'
import { IconAlertCircle, IconFingerprint } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toApiError } from '@/api/errors'
import { passkeysSupported } from '@/api/passkeys'
import type { LoginAnswer } from '@/api/types'
import { Problem } from '@/components/problem'

import { providersQuery } from '../api/providers'
import { usePasskeySignIn, useSignIn } from '../api/sign-in'
import { useReasonText } from '../reasons'
import { secondStepOf, type Step } from '../second-step'
import { useWait } from '../use-wait'
import { PasswordForm } from './password-form'
import { ProviderButtons } from './provider-buttons'
import { SecondStep } from './second-step'

interface Props {
  /** Where single sign-on returns to. */
  next: string
  /** Why somebody was sent here. */
  reason?: string
  /** Half signed in already, by single sign-on. */
  begun?: Step | null
  onSignedIn: (answer: LoginAnswer) => void
}

/** Every way in: a provider, a passkey, or a name and a password with a second step. */
export function SignIn({ next, reason, begun = null, onSignedIn }: Props) {
  const { t } = useTranslation()
  const [step, setStep] = useState<Step | null>(begun)
  const offered = useQuery(providersQuery()).data
  const signIn = useSignIn()
  const passkey = usePasskeySignIn()
  const wait = useWait()
  const [expired, setExpired] = useState(false)
  const reasonText = useReasonText()(expired ? 'mfa_expired' : reason)

  const back = (isExpired: boolean) => {
    signIn.reset()
    setStep(null)
    setExpired(isExpired)
  }
  if (step) {
    return (
      <SecondStep
        step={step}
        onSignedIn={onSignedIn}
        onBack={() => back(false)}
        onExpired={() => back(true)}
      />
    )
  }
  const error = signIn.error ?? passkey.error
  const isStep = error ? secondStepOf(toApiError(error)) !== null : false
  const providers = offered?.providers ?? []
  const hasPasskeys = offered?.passkeys === true && passkeysSupported()
  return (
    <Stack gap="md">
      {error && !isStep ? (
        <Problem error={error} />
      ) : (
        reasonText && (
          <Alert color="red" icon={<IconAlertCircle size={18} />} title={reasonText.title} role="alert">
            {reasonText.message}
          </Alert>
        )
      )}
      {providers.length > 0 && (
        <>
          <ProviderButtons providers={providers} next={next} />
          <Divider label={t('signIn.or')} labelPosition="center" />
        </>
      )}
      {offered?.localLogin !== false && (
        <PasswordForm
          signIn={signIn}
          wait={wait}
          disabled={passkey.isPending}
          onSubmit={(input) => {
            passkey.reset()
            signIn.mutate(input, {
              onSuccess: onSignedIn,
              onError: (problem) => {
                wait.heed(problem)
                setStep(secondStepOf(toApiError(problem)))
              },
            })
          }}
        />
      )}
      {hasPasskeys && (
        <>
          {providers.length === 0 && <Divider label={t('signIn.or')} labelPosition="center" />}
          <Button
            variant="default"
            size="md"
            fullWidth
            leftSection={<IconFingerprint size={18} stroke={1.8} />}
            loading={passkey.isPending}
            onClick={() => {
              signIn.reset()
              passkey.mutate(undefined, { onSuccess: onSignedIn, onError: wait.heed })
            }}
          >
            {t('signIn.passkey')}
          </Button>
        </>
      )}
    </Stack>
  )
}
