import { ActionIcon, CopyButton, Group, Skeleton, Switch, Text, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import type { Session } from '@/api/types'
import { PartError } from '@/components/part-error'
import { Section } from '@/components/section'
import { download } from '@/lib/download'

import { logsQuery } from '../api/sessions'
import { LogText } from '../components/log-text'
import { isMoving } from '../states'

/** The end of the log, followed while something happens. */
export function LogSection({ session }: { session: Session }) {
  const { t } = useTranslation()
  const canRead = 'session:logs' in useMe().permissions
  const writes = session.state === 'running' || isMoving(session.state)
  const [followed, setFollowed] = useState(true)
  const query = useQuery({ ...logsQuery(session.id, followed && writes), enabled: canRead, retry: false })
  const text = query.data?.logs ?? session.reason?.logTail ?? ''
  if (!canRead) return null
  return (
    <Section
      title={t('session.log')}
      actions={
        <Group gap="xs">
          {writes && (
            <Switch
              size="xs"
              label={t('sessionPage.follow')}
              checked={followed}
              onChange={(event) => setFollowed(event.currentTarget.checked)}
            />
          )}
          <LogTools name={session.id} text={text} />
        </Group>
      }
    >
      {query.isPending && <Skeleton h={120} />}
      {query.isError && text === '' && <PartError error={query.error} />}
      {query.data && text === '' && (
        <Text c="dimmed" fz="sm">
          {t('session.logEmpty')}
        </Text>
      )}
      {text !== '' && <LogText text={text} />}
    </Section>
  )
}

function LogTools({ name, text }: { name: string; text: string }) {
  const { t } = useTranslation()
  return (
    <>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('action.copied') : t('action.copy')}>
            <ActionIcon
              variant="default"
              disabled={text === ''}
              onClick={copy}
              aria-label={t('sessionPage.copyLog')}
            >
              {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
      <Tooltip label={t('sessionPage.downloadLog')}>
        <ActionIcon
          variant="default"
          disabled={text === ''}
          onClick={() => download(`${name}.log`, text, 'text/plain')}
          aria-label={t('sessionPage.downloadLog')}
        >
          <IconDownload size={15} />
        </ActionIcon>
      </Tooltip>
    </>
  )
}
