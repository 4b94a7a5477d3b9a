import { Button, Group, Modal, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import type { Question } from './confirm'

interface Props extends Question {
  opened: boolean
  onAnswer: (yes: boolean) => void
}

/** Loaded when first asked for. */
export default function ConfirmDialog({ title, text, confirm, opened, onAnswer }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={() => onAnswer(false)} title={title} size="sm" zIndex={400}>
      <Text fz="sm" c="dimmed">
        {text}
      </Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={() => onAnswer(false)}>
          {t('action.cancel')}
        </Button>
        <Button color="red.8" data-autofocus onClick={() => onAnswer(true)}>
          {confirm}
        </Button>
      </Group>
    </Modal>
  )
}
