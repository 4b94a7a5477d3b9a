import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useLiveStatus } from '@/lib/live-status'

import classes from './live-notice.module.css'

const PATIENCE_MS = 4000

/** Says that live updates are away once they have been for a while. */
export function LiveNotice() {
  const { t } = useTranslation()
  const isDown = useLiveStatus() === 'down'
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!isDown) return
    const timer = setTimeout(() => setLate(true), PATIENCE_MS)
    return () => {
      clearTimeout(timer)
      setLate(false)
    }
  }, [isDown])
  return (
    <div role="status">
      {isDown && late && (
        <div className={classes.notice}>
          <IconPlugConnectedX size={16} aria-hidden />
          {t('live.down')}
        </div>
      )}
    </div>
  )
}
