import { SegmentedControl, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { PartError } from '@/components/part-error'
import { Section } from '@/components/section'
import { useLanguage } from '@/lib/format'
import { useNow } from '@/lib/now'
import { formatBytes } from '@/lib/quantity'

import { usageQuery, type Sample } from '../api/agent'
import type { Measured } from '../chart'
import { UsageChart } from './usage-chart'

const HOURS = [1, 6, 24] as const
const HOUR_MS = 3_600_000

/** What the machine used lately, and what was promised on it. */
export function AgentUsage({ id }: { id: string }) {
  const { t } = useTranslation()
  const [hours, setHours] = useState<number>(6)
  const query = useQuery(usageQuery(id, hours))
  const samples = query.data?.samples ?? []
  return (
    <Section
      title={t('agents.usage')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('agents.usageSpan')}
          data={HOURS.map((one) => ({ value: String(one), label: t('agents.hours', { count: one }) }))}
          value={String(hours)}
          onChange={(value) => setHours(Number(value))}
        />
      }
    >
      {query.isPending && (
        <Stack gap="lg">
          <Skeleton h={110} />
          <Skeleton h={110} />
        </Stack>
      )}
      {query.isError && !query.data && <PartError error={query.error} />}
      {query.data && samples.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('agents.noUsage')}
        </Text>
      )}
      {query.data && samples.length > 0 && (
        <Charts samples={samples} hours={hours} everyMs={query.data.everySeconds * 1000} />
      )}
    </Section>
  )
}

function Charts({ samples, hours, everyMs }: { samples: Sample[]; hours: number; everyMs: number }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const to = useNow(30_000)
  const from = to - hours * HOUR_MS
  const measured = (value: (sample: Sample) => number | null | undefined): Measured[] =>
    samples.map((sample) => ({ at: Date.parse(sample.at), value: value(sample) ?? null }))
  const memory = Math.max(...samples.map((one) => one.memoryTotalBytes ?? one.memoryUsedBytes ?? 0))
  const most = Math.max(1, ...samples.flatMap((one) => [one.sessions, one.reservedSessions]))
  const whole = (value: number) => value.toLocaleString(language, { maximumFractionDigits: 0 })
  const shared = { from, to, everyMs }
  return (
    <Stack gap="lg">
      <UsageChart
        {...shared}
        label={t('agents.cpu')}
        samples={measured((one) => one.cpuPercent)}
        most={100}
        write={(value) => `${whole(value)} %`}
      />
      <UsageChart
        {...shared}
        label={t('agents.memory')}
        samples={measured((one) => one.memoryUsedBytes)}
        promised={measured((one) => one.reservedBytes)}
        most={memory}
        write={(value) => formatBytes(value, language)}
      />
      <UsageChart
        {...shared}
        label={t('agents.sessions')}
        samples={measured((one) => one.sessions)}
        promised={measured((one) => one.reservedSessions)}
        most={most}
        write={whole}
      />
      <Text fz="xs" c="dimmed">
        {t('agents.chartLegend')}
      </Text>
    </Stack>
  )
}
