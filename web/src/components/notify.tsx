import { notifications } from '@mantine/notifications'
import { IconAlertCircle, IconCheck } from '@tabler/icons-react'
import { useCallback } from 'react'

import { toApiError } from '@/api/errors'

import { useErrorText } from './error-text'

/** Says in a corner that something went wrong. */
export function useNotifyError(): (error: unknown) => void {
  const describe = useErrorText()
  return useCallback(
    (error) => {
      const text = describe(toApiError(error))
      notifications.show({
        title: text.title,
        message: text.message,
        color: 'red',
        icon: <IconAlertCircle size={18} />,
      })
    },
    [describe],
  )
}

export function notifyDone(message: string): void {
  notifications.show({ message, color: 'teal', icon: <IconCheck size={18} />, autoClose: 3000 })
}
