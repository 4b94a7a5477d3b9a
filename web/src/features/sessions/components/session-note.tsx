import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import type { Session } from '@/api/types'
import { useNow } from '@/lib/now'

import { warningsOf } from '../deadlines'

const MINUTE_MS = 60_000

/** In a list: the place in the queue, or what will soon happen of itself. */
export function SessionNote({ session }: { session: Session }) {
  const { t } = useTranslation()
  const now = useNow(10_000)
  const [warning] = warningsOf(session, now)
  if (warning) {
    const count = Math.max(1, Math.ceil((warning.at - now) / MINUTE_MS))
    return (
      <Text component="span" display="block" fz="xs" c="var(--ss-warn)">
        {warning.kind === 'idle' ? t('session.sleepsIn', { count }) : t('session.endsIn', { count })}
      </Text>
    )
  }
  if (!session.queuePosition) return null
  return (
    <Text component="span" display="block" fz="xs" c="dimmed">
      {t('session.queued', { position: session.queuePosition })}
    </Text>
  )
}
