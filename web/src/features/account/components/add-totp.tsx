import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { CopyField } from '@/components/copy-field'
import { Problem } from '@/components/problem'

import { useConfirmTotp, useStartTotp } from '../api/mfa'
import classes from './add-totp.module.css'
import { ProofField, useProof } from './proof'
import { QrCode } from './qr-code'

interface Props {
  /** With the backup codes when this was the first second factor. */
  onAdded: (codes: readonly string[]) => void
  onCancel: () => void
}

/** Sets up an authenticator app: a name, a QR code to scan, the first code as proof. */
export function AddTotp({ onAdded, onCancel }: Props) {
  const { t } = useTranslation()
  const proof = useProof()
  const start = useStartTotp()
  const [name, setName] = useState(t('account.totp.defaultName'))
  if (start.data) return <Scan setup={start.data} onAdded={onAdded} onCancel={onCancel} />
  return (
    <form
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        start.mutate({ name: name.trim(), password: proof.password }, { onError: proof.heed })
      }}
    >
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {t('account.totp.text')}
        </Text>
        <TextInput
          label={t('account.factorName')}
          description={t('account.factorNameText')}
          maxLength={100}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ProofField proof={proof} error={start.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={start.isPending}>
            {t('account.continue')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Scan({
  setup,
  onAdded,
  onCancel,
}: Props & { setup: NonNullable<ReturnType<typeof useStartTotp>['data']> }) {
  const { t } = useTranslation()
  const confirm = useConfirmTotp()
  const [code, setCode] = useState('')
  const submit = (value: string) => {
    if (confirm.isPending) return
    confirm.mutate(
      { id: setup.id, code: value },
      { onSuccess: (answer) => onAdded(answer.backupCodes ?? []), onError: () => setCode('') },
    )
  }
  return (
    <form
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        submit(code)
      }}
    >
      <Stack gap="md">
        <div className={classes.scan}>
          <QrCode text={setup.uri} label={t('account.totp.qr')} />
          <div className={classes.words}>
            <Text fz="sm">{t('account.totp.scan')}</Text>
            <Text fz="xs" c="dimmed" mt="sm" mb={4}>
              {t('account.totp.typed')}
            </Text>
            <CopyField value={inFours(setup.secret)} label={t('account.totp.secret')} />
          </div>
        </div>
        <Problem error={confirm.error} />
        <TextInput
          label={t('account.totp.code')}
          description={t('account.totp.codeText')}
          classNames={{ input: classes.code }}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
          required
          withAsterisk={false}
          data-autofocus
          autoFocus
          value={code}
          onChange={(event) => {
            const digits = event.currentTarget.value.replace(/\D/g, '')
            setCode(digits)
            if (digits.length === 6) submit(digits)
          }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={confirm.isPending}>
            {t('account.totp.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function inFours(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ')
}
