import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import classes from './copy-field.module.css'

/** Text to take elsewhere, such as a command. */
export function CopyField({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation()
  return (
    <div className={classes.field}>
      {/* Scrollable regions must be reachable by keyboard. */}
      <pre className={classes.text} tabIndex={0} aria-label={label}>
        {value}
      </pre>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('action.copied') : t('action.copy')}>
            <ActionIcon variant="default" size="lg" onClick={copy} aria-label={t('action.copy')}>
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  )
}
