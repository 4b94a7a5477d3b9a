import { useTranslation } from 'react-i18next'

import { useConfirm } from '@/components/confirm'
import { notifyDone, useNotifyError } from '@/components/notify'
import { notifyUndo } from '@/components/notify-undo'

import { useChangeProvider, useDeleteProvider, type Provider } from '../api/providers'

/** Switching a provider on, off or away, with a question where people would be signed out. */
export function useProviderActions() {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const change = useChangeProvider()
  const drop = useDeleteProvider()
  const name = (provider: Provider) => ({ name: provider.displayName })

  const setEnabled = async (provider: Provider, enabled: boolean) => {
    if (!enabled && provider.people > 0) {
      const yes = await confirm({
        title: t('providers.disableTitle', name(provider)),
        text: t('providers.disableText', { count: provider.people }),
        confirm: t('providers.disable'),
      })
      if (!yes) return
    }
    change.mutate(
      { id: provider.id, change: { enabled } },
      {
        onError: notifyError,
        onSuccess: () => {
          if (enabled) notifyDone(t('providers.enabledDone', name(provider)))
          else {
            notifyUndo(t('providers.disabledDone', name(provider)), t('action.undo'), () =>
              change.mutate({ id: provider.id, change: { enabled: true } }, { onError: notifyError }),
            )
          }
        },
      },
    )
  }
  const remove = async (provider: Provider): Promise<boolean> => {
    const yes = await confirm({
      title: t('providers.deleteTitle', name(provider)),
      text: t('providers.deleteText', { count: provider.people }),
      confirm: t('action.delete'),
    })
    if (!yes) return false
    try {
      await drop.mutateAsync(provider.id)
    } catch (error) {
      notifyError(error)
      return false
    }
    notifyDone(t('providers.deleted', name(provider)))
    return true
  }
  return { setEnabled, remove, busy: change.isPending || drop.isPending }
}
