import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { agentRefusals, quotaRefusal, type ApiError, type QuotaRefusal } from '@/api/errors'
import { UsageBar } from '@/components/usage-bar'
import { useLanguage } from '@/lib/format'
import { formatBytes, parseQuantity } from '@/lib/quantity'

interface Props {
  refusal: { name: string; error: ApiError } | null
  onClose: () => void
}

/** Why a session was not started: whose limit it would go over, or what each machine said. */
export default function RefusalDialog({ refusal, onClose }: Props) {
  const { t } = useTranslation()
  const quota = refusal && quotaRefusal(refusal.error)
  const name = refusal?.name ?? ''
  return (
    <Modal
      opened={refusal !== null}
      onClose={onClose}
      title={quota ? t('quotaRefusal.title', { name }) : t('refusal.title', { name })}
    >
      {quota ? (
        <QuotaRefused quota={quota} onClose={onClose} />
      ) : (
        refusal && <MachinesRefused error={refusal.error} />
      )}
    </Modal>
  )
}

function QuotaRefused({ quota, onClose }: { quota: QuotaRefusal; onClose: () => void }) {
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
      <Group justify="flex-end" gap="xs">
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/account/usage" {...props} />}
          onClick={onClose}
        >
          {t('quotaRefusal.usage')}
        </Button>
        <Button renderRoot={(props) => <Link to="/sessions" {...props} />} onClick={onClose} data-autofocus>
          {t('quotaRefusal.sessions')}
        </Button>
      </Group>
    </Stack>
  )
}

function MachinesRefused({ error }: { error: ApiError }) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <Text fz="sm" c="dimmed">
        {t('refusal.text')}
      </Text>
      {agentRefusals(error).map((agent) => (
        <div key={agent.agentId}>
          <Text fz="sm" fw={600}>
            {agent.agentId}
          </Text>
          <List fz="sm" mt={4}>
            {agent.messages.map((message) => (
              <List.Item key={message}>{message}</List.Item>
            ))}
          </List>
        </div>
      ))}
    </Stack>
  )
}
