import { useState } from 'react'

import classes from './app-icon.module.css'

/** An application's icon, or its first letter when there is none. Decorative: the name always stands beside it. */
export function AppIcon({
  src,
  name,
  size = 40,
}: {
  src: string | null | undefined
  name: string
  size?: number
}) {
  const [broken, setBroken] = useState<string | null>(null)
  const style = { width: size, height: size, fontSize: size * 0.44, borderRadius: size * 0.24 }
  if (!src || broken === src) {
    return (
      <span
        className={classes.letter}
        style={{ ...style, background: `hsl(${hue(name)} 42% 46%)` }}
        aria-hidden
      >
        {name.trim().charAt(0).toUpperCase() || '?'}
      </span>
    )
  }
  return (
    <img
      className={classes.image}
      src={src}
      alt=""
      width={size}
      height={size}
      loading="lazy"
      draggable={false}
      onError={() => setBroken(src)}
    />
  )
}

/** A colour angle that stays the same for a name. */
export function hue(name: string): number {
  let sum = 0
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 360
  return sum
}
