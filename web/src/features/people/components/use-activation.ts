import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { Person } from '@/api/admin-types'
import { useConfirm } from '@/components/confirm'
import { notifyDone, useNotifyError } from '@/components/notify'
import { notifyUndo } from '@/components/notify-undo'

import { peopleKeys, useChangePerson } from '../api/people'

/** Lets people in or keeps them out, with a question first and a way back. */
export function useActivation() {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const queryClient = useQueryClient()
  const { mutateAsync } = useChangePerson()

  const set = async (people: Person[], active: boolean) => {
    const results = await Promise.allSettled(
      people.map((person) => mutateAsync({ id: person.id, change: { active } })),
    )
    const failed = results.find((one) => one.status === 'rejected')
    if (failed) notifyError(failed.reason)
    await queryClient.invalidateQueries({ queryKey: peopleKeys.all })
    return people.filter((_, index) => results[index]?.status === 'fulfilled')
  }

  return async (chosen: Person[], active: boolean): Promise<boolean> => {
    const people = chosen.filter((one) => one.active !== active)
    const first = people[0]
    if (!first) return true
    const name = first.fullName || first.username
    const count = people.length
    if (!active) {
      const yes = await confirm({
        title: count === 1 ? t('people.deactivateTitle', { name }) : t('people.deactivateMany', { count }),
        text: t('people.deactivateText'),
        confirm: t('people.deactivate'),
      })
      if (!yes) return false
    }
    const done = await set(people, active)
    if (done.length === 0) return false
    if (active) notifyDone(t('people.activatedDone', { count: done.length }))
    else {
      notifyUndo(t('people.deactivatedDone', { count: done.length }), t('action.undo'), () => {
        void set(
          done.map((one) => ({ ...one, active: false })),
          true,
        )
      })
    }
    return done.length === count
  }
}
