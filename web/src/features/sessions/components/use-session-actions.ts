import { useTranslation } from 'react-i18next'

import type { Session } from '@/api/types'
import { useConfirm } from '@/components/confirm'
import { useNotifyError } from '@/components/notify'

import { useChangeSession, type Change } from '../api/change-session'

/** Hibernate, wake and stop, with a question first where something would be lost. */
export function useSessionActions() {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const { mutateAsync } = useChangeSession()

  const run = async (sessions: Session[], change: Change) => {
    if (change === 'stop' && sessions.some((one) => one.state !== 'failed')) {
      const first = sessions[0]
      const yes = await confirm({
        title:
          sessions.length === 1 && first
            ? t('stop.title', { name: first.templateDisplayName })
            : t('stop.titleMany', { count: sessions.length }),
        text: sessions.every((one) => one.persistentHome) ? t('stop.textHomeKept') : t('stop.textHomeLost'),
        confirm: t('action.stop'),
      })
      if (!yes) return false
    }
    const results = await Promise.allSettled(sessions.map((session) => mutateAsync({ session, change })))
    const failed = results.find((one) => one.status === 'rejected')
    if (failed) notifyError(failed.reason)
    return !failed
  }
  return run
}
