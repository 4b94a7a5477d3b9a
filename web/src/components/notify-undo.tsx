import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCheck } from '@tabler/icons-react'

/** Says that something is done, and offers to take it back for a while. */
export function notifyUndo(message: string, undo: string, onUndo: () => void): void {
  const id = notifications.show({
    color: 'teal',
    icon: <IconCheck size={18} />,
    autoClose: 10_000,
    message: (
      <Group justify="space-between" gap="xs">
        <span>{message}</span>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            notifications.hide(id)
            onUndo()
          }}
        >
          {undo}
        </Button>
      </Group>
    ),
  })
}
