import { Text } from '@mantine/core'

import { toApiError } from '@/api/errors'
import { useErrorText } from '@/components/error-text'

/** One part of a page that did not arrive. */
export function PartError({ error }: { error: unknown }) {
  const text = useErrorText()(toApiError(error))
  return (
    <Text fz="sm" c="var(--mantine-color-error)" role="alert">
      {text.title}. {text.message}
    </Text>
  )
}
