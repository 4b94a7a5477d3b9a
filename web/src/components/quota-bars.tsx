import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import type { Quota } from '@/api/admin-types'
import { useLanguage } from '@/lib/format'
import { formatBytes, parseQuantity } from '@/lib/quantity'

import classes from './quota-bars.module.css'
import { UsageBar } from './usage-bar'

/** What is in use of each limit. */
export function QuotaBars({ quota }: { quota: Quota }) {
  const { t } = useTranslation()
  return (
    <div className={classes.bars}>
      <UsageBar label={t('quotas.sessions')} used={quota.usedSessions ?? 0} max={quota.maxSessions ?? null} />
      <UsageBar
        label={t('quotas.cpu')}
        used={parseQuantity(quota.usedCpu) ?? 0}
        max={parseQuantity(quota.maxCpu)}
        format="cpu"
      />
      <UsageBar
        label={t('quotas.memory')}
        used={parseQuantity(quota.usedMemory) ?? 0}
        max={parseQuantity(quota.maxMemory)}
        format="bytes"
      />
      <StorageBar quota={quota} label={t('quotas.storage')} />
    </div>
  )
}

/** Storage in use is not known everywhere; its limit is. */
export function StorageBar({
  quota,
  label,
  hideLabel,
}: {
  quota: Quota
  label: string
  hideLabel?: boolean
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const used = parseQuantity(quota.usedStorage)
  const max = parseQuantity(quota.maxStorage)
  if (used !== null)
    return <UsageBar label={label} hideLabel={hideLabel} used={used} max={max} format="bytes" />
  return (
    <div>
      {!hideLabel && (
        <Text component="span" fz="sm" c="dimmed" mr={10}>
          {label}
        </Text>
      )}
      <Text component="span" fz="sm" className="tabular">
        {max === null ? t('quotas.noLimit') : t('quotas.limit', { max: formatBytes(max, language) })}
      </Text>
    </div>
  )
}
