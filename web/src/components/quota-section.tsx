import { Button, Skeleton, Stack, Text } from '@mantine/core'
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Quota, QuotaLimits } from '@/api/admin-types'

import { notifyDone, useNotifyError } from './notify'
import { notifyUndo } from './notify-undo'
import { PartError } from './part-error'
import { QuotaBars } from './quota-bars'
import { QuotaDialog } from './quota-dialog'
import { Section } from './section'

interface Props {
  name: string
  /** What these limits mean for whom they are. */
  text: string
  query: UseQueryResult<Quota>
  /** Sets limits; null takes them away. */
  set: UseMutationResult<unknown, Error, QuotaLimits | null>
  canSet: boolean
}

/** Use against limits, and the way to change them. */
export function QuotaSection({ name, text, query, set, canSet }: Props) {
  const { t } = useTranslation()
  const notifyError = useNotifyError()
  const [editing, setEditing] = useState(false)
  const quota = query.data
  const close = () => {
    set.reset()
    setEditing(false)
  }
  const reset = () => {
    if (!quota) return
    const { maxSessions, maxCpu, maxMemory, maxStorage } = quota
    const before = { maxSessions, maxCpu, maxMemory, maxStorage }
    set.mutate(null, {
      onSuccess: () => {
        setEditing(false)
        notifyUndo(t('quotas.resetDone'), t('action.undo'), () =>
          set.mutate(before, { onError: notifyError }),
        )
      },
    })
  }
  return (
    <Section
      title={t('quotas.title')}
      actions={
        canSet &&
        quota && (
          <Button size="compact-sm" variant="default" onClick={() => setEditing(true)}>
            {t('quotas.edit')}
          </Button>
        )
      }
    >
      {query.isPending && <Skeleton h={96} />}
      {query.isError && !quota && <PartError error={query.error} />}
      {quota && (
        <Stack gap="md">
          <QuotaBars quota={quota} />
          <Text fz="xs" c="dimmed">
            {quota.inherited ? t('quotas.inherited') : hasOwn(quota) ? t('quotas.own') : t('quotas.noneSet')}
          </Text>
        </Stack>
      )}
      {editing && quota && (
        <QuotaDialog
          title={t('quotas.editOf', { name })}
          text={text}
          limits={quota}
          saving={set.isPending}
          error={set.error}
          onClose={close}
          onReset={hasOwn(quota) ? reset : undefined}
          onSave={(limits) =>
            set.mutate(limits, {
              onSuccess: () => {
                setEditing(false)
                notifyDone(t('action.saved'))
              },
            })
          }
        />
      )}
    </Section>
  )
}

function hasOwn(quota: Quota): boolean {
  return !quota.inherited && !!quota.updatedAt
}
