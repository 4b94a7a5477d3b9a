import { Button, Group, Stack, Text } from '@mantine/core'
import { IconDeviceMobile, IconFingerprint } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { passkeysSupported } from '@/api/passkeys'

import { mfaQuery } from '../api/mfa'
import { AddPasskey } from './add-passkey'
import { AddTotp } from './add-totp'
import { BackupCodes } from './backup-codes'

interface Props {
  /** Once a second factor works and its backup codes are kept. */
  onDone: () => void
  onLeave: () => void
}

/** The first second factor, because the organisation asks for one. */
export function Enrolment({ onDone, onLeave }: Props) {
  const { t } = useTranslation()
  const canUsePasskeys = useQuery(mfaQuery()).data?.canUsePasskeys === true && passkeysSupported()
  const [way, setWay] = useState<'totp' | 'passkey' | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const added = (made: readonly string[]) => {
    if (made.length > 0) setCodes(made)
    else onDone()
  }
  if (codes) return <BackupCodes codes={codes} done={t('account.continue')} onDone={onDone} />
  if (way === 'totp') return <AddTotp onAdded={added} onCancel={() => setWay(null)} />
  if (way === 'passkey') return <AddPasskey onAdded={added} onCancel={() => setWay(null)} />
  return (
    <Stack gap="md">
      <Button size="md" fullWidth leftSection={<IconDeviceMobile size={18} />} onClick={() => setWay('totp')}>
        {t('account.totp.add')}
      </Button>
      <Button
        size="md"
        fullWidth
        variant="default"
        leftSection={<IconFingerprint size={18} />}
        disabled={!canUsePasskeys}
        onClick={() => setWay('passkey')}
      >
        {t('account.passkey.add')}
      </Button>
      {!canUsePasskeys && (
        <Text fz="xs" c="dimmed">
          {t('account.passkey.unavailable')}
        </Text>
      )}
      <Group justify="center">
        <Button variant="subtle" color="gray" size="xs" onClick={onLeave}>
          {t('action.signOut')}
        </Button>
      </Group>
    </Stack>
  )
}
