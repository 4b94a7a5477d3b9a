import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import type { QuotaRefusal } from '@/api/errors'
import { UsageBar } from '@/components/usage-bar'
import { useLanguage } from '@/lib/format'
import { formatBytes, parseQuantity } from '@/lib/quantity'

/** Whose limit a start would go over, how full it is, and what helps. */
export function QuotaRefused({ quota }: { quota: QuotaRefusal }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const isSize = quota.limit === 'memory' || quota.limit === 'storage'
  const requested = parseQuantity(quota.requested) ?? 0
  const amount = isSize
    ? formatBytes(requested, language)
    : requested.toLocaleString(language, { maximumFractionDigits: 2 })
  const isShared = quota.scope === 'group' || quota.scope === 'organization'
  return (
    <Stack gap="md">
      <Text fz="sm">{t(`quotaRefusal.whose.${quota.scope}`, { name: quota.name })}</Text>
      <UsageBar
        label={t(`quotaRefusal.limit.${quota.limit}`)}
        used={parseQuantity(quota.used) ?? 0}
        max={parseQuantity(quota.max) ?? 0}
        format={isSize ? 'bytes' : quota.limit === 'cpu' ? 'cpu' : 'count'}
      />
      <Text fz="sm" c="dimmed">
        {quota.limit !== 'sessions' && `${t('quotaRefusal.needs', { amount })} `}
        {t(isShared ? 'quotaRefusal.advice.shared' : 'quotaRefusal.advice.mine')}
      </Text>
    </Stack>
  )
}
