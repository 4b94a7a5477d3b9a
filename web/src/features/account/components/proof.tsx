import { Alert, Anchor, PasswordInput } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toApiError } from '@/api/errors'
import { useMe } from '@/api/me'
import { Problem } from '@/components/problem'

const WANTED = 'reauthentication_required'

/** Whoever changes how they sign in shows again who they are, once the server asks or at once with `always`. */
export function useProof({ always = false }: { always?: boolean } = {}) {
  const isLocal = useMe().provider === 'local'
  const [isAsked, setIsAsked] = useState(false)
  const [password, setPassword] = useState('')
  const [sent, setSent] = useState(false)
  const wantsPassword = isLocal && (always || isAsked)
  return {
    /** What goes into the request. */
    password: wantsPassword && password !== '' ? password : undefined,
    heed: (error: unknown) => {
      if (toApiError(error).code !== WANTED) return
      setSent(wantsPassword)
      setPassword('')
      setIsAsked(true)
    },
    field: {
      wantsPassword,
      wantsSignIn: !isLocal && isAsked,
      isWrong: wantsPassword && sent && password === '',
      password,
      setPassword,
    },
  }
}

type Proof = ReturnType<typeof useProof>

/** Asks for the proof where one is wanted, and says what else went wrong. */
export function ProofField({ proof, error }: { proof: Proof; error: unknown }) {
  const { t } = useTranslation()
  const { wantsPassword, wantsSignIn, isWrong, password, setPassword } = proof.field
  const other = error && toApiError(error).code !== WANTED
  return (
    <>
      {other ? <Problem error={error} /> : null}
      {wantsPassword && (
        <PasswordInput
          label={t('account.proof.password')}
          description={t('account.proof.text')}
          error={isWrong ? t('account.proof.wrong') : undefined}
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
        />
      )}
      {wantsSignIn && (
        <Alert color="yellow" icon={<IconLock size={18} />} title={t('account.proof.again')} role="alert">
          {t('account.proof.againText')}{' '}
          <Anchor href="/login?next=%2Faccount%2Fsecurity" fz="sm">
            {t('account.proof.againLink')}
          </Anchor>
        </Alert>
      )}
    </>
  )
}
