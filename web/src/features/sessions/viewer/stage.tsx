import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import classes from './stage.module.css'

/** The viewer without a picture: something in the middle, and the way home in the corner. */
export function Stage({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  const { t } = useTranslation()
  return (
    <main className={classes.stage}>
      <Tooltip label={t('nav.home')} position="right">
        <ActionIcon
          className={classes.back}
          variant="subtle"
          color="gray"
          size="xl"
          aria-label={t('nav.home')}
          renderRoot={(props) => <Link to="/" {...props} />}
        >
          <IconArrowLeft size={20} />
        </ActionIcon>
      </Tooltip>
      <div className={classes.middle} data-wide={wide || undefined}>
        {children}
      </div>
    </main>
  )
}
