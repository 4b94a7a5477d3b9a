import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

export const MIN_PASSWORD = 8

export interface NewPasswordValue {
  password: string
  again: string
}

/** A password that somebody chooses, typed twice. */
export function NewPassword({
  value,
  onChange,
}: {
  value: NewPasswordValue
  onChange: (value: NewPasswordValue) => void
}) {
  const { t } = useTranslation()
  // Nobody is told that a word is too short while they still type it.
  const [left, setLeft] = useState({ password: false, again: false })
  const tooShort = left.password && value.password !== '' && value.password.length < MIN_PASSWORD
  const differs = left.again && value.again !== '' && value.again !== value.password
  const toggle = { 'aria-label': t('signIn.showPassword') }
  return (
    <>
      <PasswordInput
        label={t('account.password.new')}
        description={t('account.password.rule', { count: MIN_PASSWORD })}
        autoComplete="new-password"
        maxLength={1024}
        error={tooShort ? t('account.password.tooShort', { count: MIN_PASSWORD }) : undefined}
        value={value.password}
        onBlur={() => setLeft((was) => ({ ...was, password: true }))}
        onChange={(event) => onChange({ ...value, password: event.currentTarget.value })}
        visibilityToggleButtonProps={toggle}
      />
      <PasswordInput
        label={t('account.password.again')}
        autoComplete="new-password"
        maxLength={1024}
        error={differs ? t('account.password.differs') : undefined}
        value={value.again}
        onBlur={() => setLeft((was) => ({ ...was, again: true }))}
        onChange={(event) => onChange({ ...value, again: event.currentTarget.value })}
        visibilityToggleButtonProps={toggle}
      />
    </>
  )
}
