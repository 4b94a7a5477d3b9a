import { useTranslation } from 'react-i18next'

import type { SessionState } from '@/api/types'

import classes from './state-badge.module.css'

const TONES: Record<SessionState, string> = {
  pending: 'busy',
  starting: 'busy',
  waking: 'busy',
  running: 'ok',
  hibernating: 'busy',
  hibernated: 'quiet',
  terminating: 'busy',
  terminated: 'quiet',
  failed: 'bad',
}

export function StateBadge({ state }: { state: SessionState }) {
  const { t } = useTranslation()
  return <Badge tone={TONES[state]} text={t(`state.${state}`)} />
}

export function Badge({ tone, text }: { tone: string; text: string }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      <span className={classes.dot} aria-hidden />
      {text}
    </span>
  )
}
