import { Button, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toApiError } from '@/api/errors'
import type { Session } from '@/api/types'
import { PartError } from '@/components/part-error'
import { Facts, Section } from '@/components/section'
import { UsageBar } from '@/components/usage-bar'
import { useLanguage } from '@/lib/format'
import { formatBytes, parseQuantity } from '@/lib/quantity'

import { usageQuery } from '../api/about'
import { ResizeDialog } from './resize-dialog'

/** What a session may use, what it uses now, and more or less of it while it rests. */
export function ResourcesSection({ session }: { session: Session }) {
  const { t } = useTranslation()
  const [resizing, setResizing] = useState(false)
  return (
    <Section
      title={t('sessionPage.resources')}
      actions={
        session.state === 'hibernated' && (
          <Button size="compact-sm" variant="default" onClick={() => setResizing(true)}>
            {t('sessionPage.resize')}
          </Button>
        )
      }
    >
      {session.state === 'running' ? <Measured session={session} /> : <Requested session={session} />}
      {resizing && <ResizeDialog session={session} onClose={() => setResizing(false)} />}
    </Section>
  )
}

function Requested({ session }: { session: Session }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const cores = parseQuantity(session.resources.cpu) ?? 0
  return (
    <Facts
      facts={[
        [t('launch.cpu'), cores.toLocaleString(language, { maximumFractionDigits: 2 })],
        [t('launch.memory'), formatBytes(parseQuantity(session.resources.memory) ?? 0, language)],
      ]}
    />
  )
}

function Measured({ session }: { session: Session }) {
  const { t } = useTranslation()
  const query = useQuery(usageQuery(session.id))
  if (query.isPending) return <Skeleton h={70} />
  if (!query.data) {
    return (
      <Stack gap="sm">
        <Requested session={session} />
        {toApiError(query.error).code !== 'nothing_to_measure' && <PartError error={query.error} />}
      </Stack>
    )
  }
  return (
    <Stack gap="sm">
      <UsageBar
        label={t('launch.cpu')}
        used={query.data.cpuCores}
        max={parseQuantity(session.resources.cpu)}
        format="cpu"
      />
      <UsageBar
        label={t('launch.memory')}
        used={query.data.memoryBytes}
        max={parseQuantity(session.resources.memory)}
        format="bytes"
      />
      <Text fz="xs" c="dimmed">
        {t('sessionPage.processes', { count: query.data.processes })}
      </Text>
    </Stack>
  )
}
