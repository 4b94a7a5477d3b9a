import { Button, TextInput } from '@mantine/core'
import { IconDice5 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import { makePassword, SHORTEST_PASSWORD } from '@/lib/people-rules'

interface Props {
  label: string
  value: string
  onChange: (password: string) => void
  /** Whether to say what is wrong with it. */
  checked: boolean
  autoFocus?: boolean
}

/** A password that is handed over to somebody else, and is therefore shown. */
export function NewPasswordField({ label, value, onChange, checked, autoFocus }: Props) {
  const { t } = useTranslation()
  return (
    <TextInput
      label={label}
      description={t('people.passwordRule', { count: SHORTEST_PASSWORD })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={checked && value.length < SHORTEST_PASSWORD && t('people.badPassword')}
      required
      data-autofocus={autoFocus || undefined}
      maxLength={200}
      autoComplete="new-password"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      rightSectionWidth={96}
      rightSection={
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconDice5 size={14} />}
          onClick={() => onChange(makePassword())}
        >
          {t('people.generate')}
        </Button>
      }
    />
  )
}
