import { IconArrowLeft } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'

import { backClass } from './detail'

/** The way from one thing to all of them. */
export function BackLink({ to, label }: { to: LinkProps['to']; label: string }) {
  return (
    <Link to={to} className={backClass}>
      <IconArrowLeft size={16} aria-hidden />
      {label}
    </Link>
  )
}
