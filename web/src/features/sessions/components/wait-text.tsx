import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import type { Session } from '@/api/types'
import { useNow } from '@/lib/now'

import { MOST_ATTEMPTS, waitingOf, type Waiting } from '../waiting'

/** What a starting session waits for: its turn, its next attempt. Nothing where it waits for nothing. */
export function WaitText({ session }: { session: Session }) {
  const waiting = waitingOf(session)
  return waiting && <Wait waiting={waiting} />
}

function Wait({ waiting }: { waiting: Waiting }) {
  const { t } = useTranslation()
  const now = useNow(500)
  const sentence = () => {
    switch (waiting.for) {
      case 'turn':
        return waiting.position === 1
          ? t('wait.next', { agent: waiting.agent })
          : t('wait.turn', { count: waiting.position - 1, agent: waiting.agent })
      case 'retry': {
        const count = Math.max(0, Math.ceil((waiting.at - now) / 1000))
        return t('wait.retry', { next: waiting.next, most: MOST_ATTEMPTS, count })
      }
      case 'attempt':
        return t('wait.attempt', { number: waiting.number, most: MOST_ATTEMPTS, agent: waiting.agent })
    }
  }
  return (
    <div>
      <Text fz="sm" fw={500} className="tabular">
        {sentence()}
      </Text>
      {waiting.for !== 'turn' && waiting.message && (
        <Text fz="xs" c="dimmed" maw={460}>
          {waiting.message}
        </Text>
      )}
    </div>
  )
}
