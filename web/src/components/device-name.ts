import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

import { readUserAgent } from '@/lib/user-agent'

/** Names a device as people would recognise theirs; empty when its user agent tells nothing. */
export function useDeviceName(): (userAgent: string) => string {
  const { t } = useTranslation()
  return useCallback(
    (userAgent) => {
      const { browser, system } = readUserAgent(userAgent)
      return browser && system ? t('account.device', { browser, system }) : (browser ?? system ?? '')
    },
    [t],
  )
}
