import { Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useLanguage } from '@/lib/format'

import { area, lines, nearest, path, type Measured } from '../chart'
import classes from './usage-chart.module.css'

const WIDTH = 600
const HEIGHT = 88

interface Props {
  label: string
  samples: Measured[]
  /** What is promised, as a second, dashed line on the same scale. */
  promised?: Measured[]
  from: number
  to: number
  everyMs: number
  most: number
  write: (value: number) => string
}

/** One measure over time; where nothing was heard there is a gap. */
export function UsageChart({ label, samples, promised = [], from, to, everyMs, most, write }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [at, setAt] = useState<number | null>(null)
  const known = samples.flatMap((one) => (one.value === null ? [] : [one.value]))
  const pointed = at === null ? null : nearest(samples, at, 2.5 * everyMs)
  const shown = pointed?.value ?? samples.at(-1)?.value ?? null
  const peak = known.length > 0 ? Math.max(...known) : null
  const time = (ms: number) =>
    new Date(ms).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' })
  const told =
    shown === null || peak === null
      ? t('agents.chartNothing', { label })
      : t('agents.chartText', { label, now: write(shown), peak: write(peak) })
  return (
    <figure className={classes.chart}>
      <figcaption className={classes.head}>
        <span className={classes.label}>{label}</span>
        <span className="tabular">
          {shown === null ? '–' : write(shown)}
          <Text component="span" fz="xs" c="dimmed" ml={8}>
            {pointed ? time(pointed.at) : peak !== null && t('agents.peak', { value: write(peak) })}
          </Text>
        </span>
      </figcaption>
      <svg
        className={classes.canvas}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={told}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          setAt(from + ((event.clientX - box.left) / box.width) * (to - from))
        }}
        onPointerLeave={() => setAt(null)}
      >
        <line className={classes.grid} x1={0} x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
        {lines(samples, from, to, most, everyMs).map((line, index) => (
          <g key={index}>
            <path className={classes.area} d={area(line, WIDTH, HEIGHT)} />
            <path className={classes.line} d={path(line, WIDTH, HEIGHT)} vectorEffect="non-scaling-stroke" />
          </g>
        ))}
        {lines(promised, from, to, most, everyMs).map((line, index) => (
          <path
            key={index}
            className={classes.promised}
            d={path(line, WIDTH, HEIGHT)}
            vectorEffect="non-scaling-stroke"
          />
        ))}
        {pointed && (
          <line
            className={classes.mark}
            x1={((pointed.at - from) / (to - from)) * WIDTH}
            x2={((pointed.at - from) / (to - from)) * WIDTH}
            y1={0}
            y2={HEIGHT}
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
    </figure>
  )
}
