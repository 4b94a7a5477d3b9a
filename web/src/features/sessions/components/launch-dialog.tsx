import { Alert, Button, Group, Loader, Modal, Select, Stack, Switch, TagsInput, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Session, Template } from '@/api/types'
import { PartError } from '@/components/part-error'
import { Problem } from '@/components/problem'
import { UsageBar } from '@/components/usage-bar'
import { formatMoment, useLanguage } from '@/lib/format'
import { parseQuantity } from '@/lib/quantity'

import { limitsQuery, previewQuery, type Preview } from '../api/preview'
import { useStartSession, type StartWish } from '../api/start-session'
import { quantitiesOf, sizesOf } from '../sizes'
import { ResourceInputs } from './resource-inputs'
import { VerdictTable } from './verdict-table'

const TIMES = ['30m', '1h', '4h', '8h', '24h'] as const

interface Props {
  template: Template
  onClose: () => void
  onStarted: (session: Session) => void
}

/** How to start an application, and what would become of it if it were started now. */
export function LaunchDialog({ template, onClose, onStarted }: Props) {
  const { t } = useTranslation()
  const start = useStartSession()
  const [sizes, setSizes] = useState(() => sizesOf(template.defaultResources))
  const [idleTimeout, setIdleTimeout] = useState<string | null>(null)
  const [maxSessionDuration, setMaxSessionDuration] = useState<string | null>(null)
  const [persistentHome, setPersistentHome] = useState(true)
  const [tags, setTags] = useState<string[]>([])
  const wish: StartWish = {
    template: template.name,
    resources: quantitiesOf(sizes),
    persistentHome,
    tags,
    ...(idleTimeout && { idleTimeout }),
    ...(maxSessionDuration && { maxSessionDuration }),
  }
  const [asked] = useDebouncedValue(wish, 300, { leading: true })
  const preview = useQuery(previewQuery(asked))
  const times = [...TIMES].map((time) => ({ value: time, label: t(`launch.time.${time}`) }))
  return (
    <Modal opened onClose={onClose} title={t('launch.title', { name: template.displayName })} size="lg">
      <Stack gap="md">
        <ResourceInputs sizes={sizes} onChange={setSizes} />
        <Group grow align="flex-start">
          <Select
            label={t('launch.idle')}
            placeholder={t('launch.usual')}
            clearable
            data={times}
            value={idleTimeout}
            onChange={setIdleTimeout}
          />
          <Select
            label={t('launch.longest')}
            placeholder={t('launch.usual')}
            clearable
            data={times}
            value={maxSessionDuration}
            onChange={setMaxSessionDuration}
          />
        </Group>
        <TagsInput label={t('launch.tags')} maxTags={20} maxLength={50} value={tags} onChange={setTags} />
        <Switch
          label={t('launch.home')}
          description={t('launch.homeText')}
          checked={persistentHome}
          onChange={(event) => setPersistentHome(event.currentTarget.checked)}
        />
        {preview.isPending && <Loader size="sm" color="gray" aria-label={t('loading')} />}
        {preview.isError && <PartError error={preview.error} />}
        {preview.data && <Outlook preview={preview.data} />}
        <Limits />
        <Problem error={start.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            loading={start.isPending}
            disabled={preview.data?.possible === false}
            onClick={() => start.mutate(wish, { onSuccess: onStarted })}
          >
            {t('launch.start')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** Where it would run and when, or why not. */
export function Outlook({ preview }: { preview: Preview }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const position = preview.queuePosition ?? 0
  return (
    <Stack gap="xs">
      {preview.possible ? (
        <Alert color="teal" icon={<IconCircleCheck size={18} />} role="status">
          {t('launch.would', { agent: preview.agentId })} {position > 0 && t('launch.queue', { position })}
        </Alert>
      ) : (
        <Alert color="red" icon={<IconCircleX size={18} />} role="status">
          {preview.reasons.map((reason) => (
            <Text key={reason.code} fz="sm">
              {reason.message}
            </Text>
          ))}
          {preview.when && (
            <Text fz="sm" mt={4}>
              {t('launch.when', { moment: formatMoment(preview.when, language) })}
            </Text>
          )}
        </Alert>
      )}
      {preview.agents.length > 0 && (
        <details>
          <summary>{t('launch.machines')}</summary>
          <VerdictTable verdicts={preview.agents} chosen={preview.agentId} />
        </details>
      )}
    </Stack>
  )
}

/** How much of one's limits is in use already. */
function Limits() {
  const { t } = useTranslation()
  const quota = useQuery(limitsQuery()).data
  if (!quota) return null
  const limited = [quota.maxSessions, quota.maxCpu, quota.maxMemory].some((max) => max != null)
  if (!limited) return null
  return (
    <Stack gap="xs">
      <Text fz="xs" c="dimmed">
        {t('launch.limits')}
      </Text>
      <UsageBar label={t('nav.sessions')} used={quota.usedSessions ?? 0} max={quota.maxSessions ?? null} />
      <UsageBar
        label={t('launch.cpu')}
        used={parseQuantity(quota.usedCpu) ?? 0}
        max={parseQuantity(quota.maxCpu)}
        format="cpu"
      />
      <UsageBar
        label={t('launch.memory')}
        used={parseQuantity(quota.usedMemory) ?? 0}
        max={parseQuantity(quota.maxMemory)}
        format="bytes"
      />
    </Stack>
  )
}
