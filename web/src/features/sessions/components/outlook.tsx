import { Alert, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import { quotaRefusalIn } from '@/api/errors'
import { QuotaRefused } from '@/components/quota-refused'
import { formatMoment, useLanguage } from '@/lib/format'

import type { Preview } from '../api/preview'
import classes from './outlook.module.css'
import { VerdictTable } from './verdict-table'

/** Where it would run and when, or why not. */
export function Outlook({ preview }: { preview: Preview }) {
  const { t } = useTranslation()
  const position = preview.queuePosition ?? 0
  return (
    <Stack gap="xs">
      {preview.possible ? (
        <Alert color="teal" icon={<IconCircleCheck size={18} />} role="status">
          {position > 0
            ? t('launch.queued', { agent: preview.agentId, position })
            : t('launch.would', { agent: preview.agentId })}
        </Alert>
      ) : (
        <Alert color="red" icon={<IconCircleX size={18} />} role="status" title={t('launch.cannot')}>
          <WhyNot preview={preview} />
        </Alert>
      )}
      {preview.agents.length > 0 && (
        <details className={classes.machines}>
          <summary>{t('launch.machines')}</summary>
          <VerdictTable verdicts={preview.agents} chosen={preview.agentId} />
        </details>
      )}
    </Stack>
  )
}

function WhyNot({ preview }: { preview: Preview }) {
  const quota = preview.quota.ok ? null : quotaRefusalIn(preview.quota.details ?? {})
  const isCrowded = preview.reasons.some((reason) => reason.code === 'no_capacity')
  // A limit that is told in full below needs no second sentence.
  const others = preview.reasons.filter(
    (reason) => reason.code !== 'no_capacity' && !(quota && reason.code === 'quota_exceeded'),
  )
  return (
    <Stack gap="sm">
      {quota && <QuotaRefused quota={quota} />}
      {others.map((reason) => (
        <Text key={reason.code} fz="sm">
          {reason.message}
        </Text>
      ))}
      {isCrowded && <NoMachine preview={preview} />}
    </Stack>
  )
}

function NoMachine({ preview }: { preview: Preview }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (preview.agents.length === 0) return <Text fz="sm">{t('launch.noMachines')}</Text>
  const whenText = () => {
    if (preview.when) return t('launch.when', { moment: formatMoment(preview.when, language) })
    return t(preview.waitingHelps ? 'launch.someday' : 'launch.never')
  }
  return (
    <Text fz="sm">
      {t('launch.noMachine')} {whenText()}
    </Text>
  )
}
