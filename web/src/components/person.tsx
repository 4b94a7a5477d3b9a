import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { hue } from './app-icon'
import classes from './person.module.css'

export function Avatar({ name, size = 30 }: { name: string; size?: number }) {
  const words = name.split(/[\s._-]+/).filter(Boolean)
  const letters = (words[0]?.charAt(0) ?? '?') + (words.length > 1 ? (words.at(-1)?.charAt(0) ?? '') : '')
  return (
    <span
      className={classes.avatar}
      style={{
        width: size,
        height: size,
        fontSize: size * 0.38,
        background: `hsl(${hue(name)} 38% 33%)`,
      }}
      aria-hidden
    >
      {letters.toUpperCase()}
    </span>
  )
}

interface Props {
  username: string
  fullName?: string | null
  /** Leads to the person's page. */
  id?: string
  text?: ReactNode
  size?: number
}

/** Somebody in a row: a picture, the name and a line below. */
export function PersonLine({ username, fullName, id, text, size = 30 }: Props) {
  const name = fullName || username
  return (
    <div className={classes.person}>
      <Avatar name={name} size={size} />
      <div className={classes.words}>
        {id ? (
          <Link to="/admin/people/$id" params={{ id }} className={classes.name} title={name}>
            {name}
          </Link>
        ) : (
          <span className={classes.name} title={name}>
            {name}
          </span>
        )}
        <span className={classes.text}>{text ?? username}</span>
      </div>
    </div>
  )
}
