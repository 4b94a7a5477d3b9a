import { useTranslation } from 'react-i18next'

import type { Quota } from '@/api/admin-types'
import { notifyDone, useNotifyError } from '@/components/notify'
import { notifyUndo } from '@/components/notify-undo'
import { QuotaDialog } from '@/components/quota-dialog'

import { useSetQuota } from '../api/quotas'

export function EditQuota({ quota, onClose }: { quota: Quota; onClose: () => void }) {
  const { t } = useTranslation()
  const notifyError = useNotifyError()
  const set = useSetQuota(quota.username ?? '')
  const { maxSessions, maxCpu, maxMemory, maxStorage } = quota
  const reset = () =>
    set.mutate(null, {
      onSuccess: () => {
        onClose()
        notifyUndo(t('quotas.resetDone'), t('action.undo'), () =>
          set.mutate({ maxSessions, maxCpu, maxMemory, maxStorage }, { onError: notifyError }),
        )
      },
    })
  return (
    <QuotaDialog
      title={t('quotas.editOf', { name: quota.name || (quota.username ?? '') })}
      text={t('quotas.personText')}
      limits={quota}
      saving={set.isPending}
      error={set.error}
      onClose={onClose}
      onReset={quota.inherited ? undefined : reset}
      onSave={(limits) =>
        set.mutate(limits, {
          onSuccess: () => {
            onClose()
            notifyDone(t('action.saved'))
          },
        })
      }
    />
  )
}
