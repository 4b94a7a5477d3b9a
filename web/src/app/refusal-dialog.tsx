import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { agentRefusals, quotaRefusal, type ApiError, type QuotaRefusal } from '@/api/errors'
import { QuotaRefused } from '@/components/quota-refused'
import { useReasonText } from '@/components/reason-text'

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
        <QuotaAnswer quota={quota} onClose={onClose} />
      ) : (
        refusal && <MachinesRefused error={refusal.error} />
      )}
    </Modal>
  )
}

function QuotaAnswer({ quota, onClose }: { quota: QuotaRefusal; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <QuotaRefused quota={quota} />
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
  const reasonText = useReasonText()
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
            {agent.reasons.map((reason) => (
              <List.Item key={reason.code}>{reasonText(reason)}</List.Item>
            ))}
          </List>
        </div>
      ))}
    </Stack>
  )
}
