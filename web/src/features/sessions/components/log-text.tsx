import { useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import classes from './log-text.module.css'

/** Log lines, kept at their end unless somebody scrolled up. */
export function LogText({ text, tall = false }: { text: string; tall?: boolean }) {
  const { t } = useTranslation()
  const box = useRef<HTMLPreElement>(null)
  const atEnd = useRef(true)
  useLayoutEffect(() => {
    if (box.current && atEnd.current) box.current.scrollTop = box.current.scrollHeight
  }, [text])
  return (
    <pre
      ref={box}
      className={classes.log}
      data-tall={tall || undefined}
      tabIndex={0}
      aria-label={t('session.log')}
      onScroll={(event) => {
        const { scrollTop, scrollHeight, clientHeight } = event.currentTarget
        atEnd.current = scrollHeight - scrollTop - clientHeight < 24
      }}
    >
      {text}
    </pre>
  )
}
