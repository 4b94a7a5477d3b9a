import { useId } from 'react'

import { formatMoment, useLanguage } from '@/lib/format'
import { useNow } from '@/lib/now'

import classes from './watermark.module.css'

const LETTER_PX = 9
const GAP_PX = 90
const LINE_PX = 120

/** Who looks, and now, over the whole picture; the engine's own watermark names the owner and its start. */
export function Watermark({ name }: { name: string }) {
  const language = useLanguage()
  const now = useNow(30_000)
  const tile = useId()
  const words = `${name} · ${formatMoment(new Date(now).toISOString(), language)}`
  const width = words.length * LETTER_PX + GAP_PX
  return (
    <svg className={classes.marks} aria-hidden data-watermark={name}>
      <defs>
        <pattern
          id={tile}
          width={width}
          height={2 * LINE_PX}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(-20)"
        >
          <text x={0} y={LINE_PX / 2}>
            {words}
          </text>
          {/* Every second line begins elsewhere; what leaves the tile on one side comes in on the other. */}
          <text x={width / 2} y={LINE_PX * 1.5}>
            {words}
          </text>
          <text x={-width / 2} y={LINE_PX * 1.5}>
            {words}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${tile})`} />
    </svg>
  )
}
