import { Paper } from '@mantine/core'
import type { ReactNode } from 'react'

import { Logo } from '@/components/logo'

import classes from './gate.module.css'

/** A page before the product itself: the mark, a heading, a card. */
export function Gate({
  title,
  head,
  wide = false,
  children,
}: {
  title: string
  head: ReactNode
  wide?: boolean
  children: ReactNode
}) {
  return (
    <main className={classes.page}>
      <title>{`${title} · StreamSpace`}</title>
      <div className={classes.box} data-wide={wide || undefined}>
        <div className={classes.brand}>
          <Logo size={44} />
          {head}
        </div>
        <Paper className={classes.card}>{children}</Paper>
      </div>
    </main>
  )
}
