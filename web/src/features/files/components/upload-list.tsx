import { ActionIcon, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'

import { formatDuration, useLanguage } from '@/lib/format'
import { formatBytes } from '@/lib/quantity'

import type { Upload, UploadQueue } from '../queue'
import classes from './files-panel.module.css'

/** Thousands may be dropped at once, and each step of one draws the list anew. */
const MOST_SHOWN = 50
/** What needs somebody first, what has arrived last. */
const ORDER: Record<Upload['state'], number> = {
  failed: 0,
  interrupted: 1,
  running: 1,
  paused: 1,
  waiting: 2,
  done: 3,
}

/** What is on its way in, and how far. */
export function UploadList({ queue }: { queue: UploadQueue }) {
  const { t } = useTranslation()
  const uploads = useSyncExternalStore(queue.subscribe, queue.list)
  if (uploads.length === 0) return null
  const shown = uploads.toSorted((a, b) => ORDER[a.state] - ORDER[b.state]).slice(0, MOST_SHOWN)
  return (
    <Stack gap={4}>
      <ul className={classes.list} aria-label={t('files.uploads')}>
        {shown.map((one) => (
          <UploadRow key={one.key} upload={one} queue={queue} />
        ))}
      </ul>
      {uploads.length > shown.length && (
        <Text fz="xs" c="dimmed">
          {t('files.moreUploads', { count: uploads.length - shown.length })}
        </Text>
      )}
      {uploads.some((one) => one.state === 'done') && (
        <Group justify="flex-end">
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => queue.clearDone()}>
            {t('files.clearDone')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function UploadRow({ upload, queue }: { upload: Upload; queue: UploadQueue }) {
  const { t } = useTranslation()
  const share = upload.size === 0 ? (upload.state === 'done' ? 100 : 0) : (upload.sent / upload.size) * 100
  const under = upload.state === 'running' || upload.state === 'interrupted' || upload.state === 'waiting'
  const colour = upload.state === 'failed' ? 'red' : upload.state === 'done' ? 'teal' : undefined
  return (
    <li className={classes.upload}>
      <Group gap={8} wrap="nowrap">
        <div className={classes.name}>
          <span className={classes.text} title={upload.path}>
            {upload.name}
          </span>
        </div>
        {under && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('files.pauseOf', { name: upload.name })}
            onClick={() => queue.pause(upload.key)}
          >
            <IconPlayerPause size={16} />
          </ActionIcon>
        )}
        {(upload.state === 'paused' || upload.state === 'failed') && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={
              upload.state === 'paused'
                ? t('files.resumeOf', { name: upload.name })
                : t('files.retryOf', { name: upload.name })
            }
            onClick={() => queue.resume(upload.key)}
          >
            {upload.state === 'paused' ? <IconPlayerPlay size={16} /> : <IconRefresh size={16} />}
          </ActionIcon>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={
            upload.state === 'done'
              ? t('files.dismissOf', { name: upload.name })
              : t('files.cancelOf', { name: upload.name })
          }
          onClick={() => queue.cancel(upload.key)}
        >
          <IconX size={16} />
        </ActionIcon>
      </Group>
      <Progress
        value={share}
        size="sm"
        mt={4}
        {...(colour ? { color: colour } : {})}
        aria-label={t('files.progressOf', { name: upload.name })}
      />
      <Text fz="xs" c={upload.state === 'failed' ? 'var(--ss-bad)' : 'dimmed'} mt={4} role="status">
        <Standing upload={upload} />
      </Text>
    </li>
  )
}

function Standing({ upload }: { upload: Upload }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const sizes = { sent: formatBytes(upload.sent, language), size: formatBytes(upload.size, language) }
  switch (upload.state) {
    case 'waiting':
      return t('files.standing.waiting')
    case 'paused':
      return t('files.standing.paused', sizes)
    case 'interrupted':
      return t('files.standing.interrupted', sizes)
    case 'failed':
      return upload.error?.message ?? t('files.standing.failed')
    case 'done':
      return t('files.standing.done', { size: sizes.size })
    case 'running': {
      if (!upload.bytesPerSecond) return t('files.standing.running', sizes)
      const left = ((upload.size - upload.sent) / upload.bytesPerSecond) * 1000
      return t('files.standing.speed', {
        ...sizes,
        speed: formatBytes(upload.bytesPerSecond, language),
        left: formatDuration(left, language),
      })
    }
  }
}
