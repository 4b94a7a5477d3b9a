import { Alert, Button, Checkbox, CopyButton, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCopy, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'

import classes from './backup-codes.module.css'

/** Codes that are shown this once: to copy, to save, and to say that one has. */
export function BackupCodes({
  codes,
  onDone,
  done,
}: {
  codes: readonly string[]
  onDone: () => void
  /** What the button says. */
  done?: string
}) {
  const { t } = useTranslation()
  const me = useMe()
  const [kept, setKept] = useState(false)
  const text = codes.join('\n')
  return (
    <Stack gap="md">
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title={t('account.codes.title')}>
        {t('account.codes.text')}
      </Alert>
      <ol className={classes.codes} aria-label={t('account.codes.list')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <Group gap="xs">
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
              onClick={copy}
            >
              {copied ? t('action.copied') : t('action.copy')}
            </Button>
          )}
        </CopyButton>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={15} />}
          onClick={() =>
            download(
              'streamspace-backup-codes.txt',
              `${t('account.codes.file', { name: me.username, host: window.location.host })}\n\n${text}\n`,
            )
          }
        >
          {t('account.codes.download')}
        </Button>
      </Group>
      <Checkbox
        label={t('account.codes.kept')}
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Group justify="space-between" gap="xs">
        <Text fz="xs" c="dimmed">
          {t('account.codes.once')}
        </Text>
        <Button disabled={!kept} onClick={onDone}>
          {done ?? t('action.done')}
        </Button>
      </Group>
    </Stack>
  )
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
