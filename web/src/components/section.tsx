import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

import classes from './section.module.css'

interface Props {
  title: string
  text?: string
  actions?: ReactNode
  danger?: boolean
  /** The content reaches the edges, as a list does. */
  flush?: boolean
  children: ReactNode
}

/** A card of a page about one thing. */
export function Section({ title, text, actions, danger, flush, children }: Props) {
  return (
    <section className={classes.section} data-danger={danger || undefined} aria-label={title}>
      <div className={classes.head}>
        <div className={classes.grow}>
          <Title order={2} fz="sm" fw={600}>
            {title}
          </Title>
          {text && (
            <Text fz="xs" c="dimmed" mt={2}>
              {text}
            </Text>
          )}
        </div>
        {actions}
      </div>
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  )
}

export function Rows({ children }: { children: ReactNode }) {
  return <ul className={classes.list}>{children}</ul>
}

/** With much at its end, a row takes a second line for it where there is no room beside. */
export function Row({ wraps, children }: { wraps?: boolean; children: ReactNode }) {
  return (
    <li className={classes.row} data-wraps={wraps || undefined}>
      {children}
    </li>
  )
}

export function Grow({ children }: { children: ReactNode }) {
  return <div className={classes.grow}>{children}</div>
}

export function None({ children }: { children: ReactNode }) {
  return <div className={classes.none}>{children}</div>
}

export function Facts({ facts }: { facts: (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
