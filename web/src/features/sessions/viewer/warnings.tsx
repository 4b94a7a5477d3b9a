import { IconClockExclamation, IconMoonStars } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import type { Session } from '@/api/types'
import { formatDuration, useLanguage } from '@/lib/format'
import { useNow } from '@/lib/now'

import { warningsOf } from '../deadlines'
import classes from './warnings.module.css'

/** Over the picture: that the session will soon be hibernated or end. Input takes the former back. */
export function Warnings({ session }: { session: Session }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useNow(1000)
  const warnings = warningsOf(session, now)
  return (
    <div className={classes.warnings}>
      {/* Said once, not with every second. */}
      <p className="visually-hidden" role="status">
        {warnings.map(({ kind }) => t(`watch.said.${kind}`)).join(' ')}
      </p>
      {warnings.map(({ kind, at }) => (
        <div key={kind} className={classes.warning}>
          {kind === 'idle' ? <IconMoonStars size={18} /> : <IconClockExclamation size={18} />}
          <span className="tabular" aria-hidden>
            {t(`watch.warning.${kind}`, { time: formatDuration(Math.max(0, at - now), language) })}
          </span>
        </div>
      ))}
    </div>
  )
}
