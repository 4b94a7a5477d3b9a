import { Alert } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'

import { toApiError } from '@/api/errors'

import { useErrorText } from './error-text'

/** Why a form was refused, above its buttons. */
export function Problem({ error }: { error: unknown }) {
  const describe = useErrorText()
  if (!error) return null
  const text = describe(toApiError(error))
  return (
    <Alert color="red" icon={<IconAlertCircle size={18} />} title={text.title} role="alert">
      {text.message}
    </Alert>
  )
}
