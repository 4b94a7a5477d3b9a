import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { useDeviceName } from '@/components/device-name'

import { useAddPasskey } from '../api/mfa'
import { ProofField, useProof } from './proof'

interface Props {
  onAdded: (codes: readonly string[]) => void
  onCancel: () => void
}

export function AddPasskey({ onAdded, onCancel }: Props) {
  const { t } = useTranslation()
  const proof = useProof()
  const add = useAddPasskey()
  const nameOf = useDeviceName()
  const [name, setName] = useState(() => nameOf(navigator.userAgent) || t('account.passkey.defaultName'))
  return (
    <form
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        add.mutate(
          { name: name.trim(), password: proof.password },
          { onSuccess: (answer) => onAdded(answer.backupCodes ?? []), onError: proof.heed },
        )
      }}
    >
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {t('account.passkey.text')}
        </Text>
        <TextInput
          label={t('account.factorName')}
          description={t('account.factorNameText')}
          maxLength={100}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ProofField proof={proof} error={add.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" leftSection={<IconFingerprint size={16} />} loading={add.isPending}>
            {t('account.passkey.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
