import { IconEye } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import classes from './view-only.module.css'

/** Over the picture of who may only watch. */
export function ViewOnly() {
  const { t } = useTranslation()
  return (
    <div className={classes.badge} role="status">
      <IconEye size={16} aria-hidden />
      {t('shared.viewOnly')}
    </div>
  )
}
