import { List, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import { agentRefusals, type ApiError } from '@/api/errors'

interface Props {
  refusal: { name: string; error: ApiError } | null
  onClose: () => void
}

/** Why no machine took a session, machine by machine. */
export default function RefusalDialog({ refusal, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={refusal !== null}
      onClose={onClose}
      title={t('refusal.title', { name: refusal?.name ?? '' })}
    >
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {t('refusal.text')}
        </Text>
        {refusal &&
          agentRefusals(refusal.error).map((agent) => (
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
    </Modal>
  )
}
