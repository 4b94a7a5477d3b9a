import { Progress, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import { useLanguage } from '@/lib/format'
import { formatBytes } from '@/lib/quantity'

import type { Load } from '../load'
import classes from './load-bar.module.css'

export type Unit = 'count' | 'bytes' | 'percent' | 'cores'

function written(load: Load, unit: Unit, language: string): string {
  const show = (value: number, digits = 1) =>
    value.toLocaleString(language, { maximumFractionDigits: digits })
  if (unit === 'percent') return `${show(load.percent, 0)} %`
  if (unit === 'bytes') return `${formatBytes(load.used, language)} / ${formatBytes(load.of, language)}`
  return `${show(load.used)} / ${show(load.of)}`
}

interface Props {
  label: string
  load: Load | null
  unit?: Unit
  /** In a table's cell, where the column's head is the label. */
  bare?: boolean
  /** What is promised, as a thinner mark on the same scale. */
  reserved?: Load | null
}

/** How much of something is used, in words and as a bar. */
export function LoadBar({ label, load, unit = 'count', bare = false, reserved = null }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (load === null) return bare ? <span className={classes.unknown}>–</span> : null
  const text = written(load, unit, language)
  const promised =
    reserved &&
    t('agents.reservedOf', { text: written(reserved, unit === 'percent' ? 'cores' : unit, language) })
  const color = load.percent > 90 ? 'red.7' : load.percent > 75 ? 'yellow.7' : 'iris.5'
  return (
    <Tooltip label={[`${label}: ${text}`, promised].filter(Boolean).join(' · ')}>
      <div className={classes.bar}>
        <div className={classes.text}>
          {!bare && <span>{label}</span>}
          <span className={`tabular ${classes.value ?? ''}`}>
            {unit === 'bytes' && bare ? `${Math.round(load.percent)} %` : text}
          </span>
        </div>
        <Progress.Root
          size={5}
          role="progressbar"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(load.percent)}
          aria-valuetext={[text, promised].filter(Boolean).join(', ')}
        >
          <Progress.Section withAria={false} value={load.percent} color={color} />
        </Progress.Root>
        {reserved && (
          <span className={classes.reserved} style={{ inlineSize: `${reserved.percent}%` }} aria-hidden />
        )}
      </div>
    </Tooltip>
  )
}
