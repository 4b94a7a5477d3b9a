import { useQuery } from '@tanstack/react-query'

import { sessionPolicyQuery } from '@/api/policies'
import { useMe } from '@/api/me'
import { formatMoment, useLanguage } from '@/lib/format'
import { useNow } from '@/lib/now'

import classes from './watermark.module.css'

const REPEATS = 40

/** Who looks, and now, over the whole picture; the engine's own watermark names the owner and its start. */
export function Watermark({ sessionId }: { sessionId: string }) {
  const query = useQuery(sessionPolicyQuery(sessionId))
  return query.data?.watermark ? <Marks /> : null
}

function Marks() {
  const me = useMe()
  const language = useLanguage()
  const now = useNow(30_000)
  const words = `${me.username} · ${formatMoment(new Date(now).toISOString(), language)}`
  return (
    <div className={classes.marks} aria-hidden>
      {Array.from({ length: REPEATS }, (_, at) => (
        <span key={at}>{words}</span>
      ))}
    </div>
  )
}
