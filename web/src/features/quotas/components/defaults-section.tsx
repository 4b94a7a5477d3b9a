import { Button, SimpleGrid, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { notifyDone } from '@/components/notify'
import { PartError } from '@/components/part-error'
import { QuotaDialog } from '@/components/quota-dialog'
import { Section } from '@/components/section'
import { may } from '@/lib/authorization'
import { useLanguage } from '@/lib/format'
import { formatBytes, parseQuantity } from '@/lib/quantity'

import { defaultsQuery, useSetDefaults } from '../api/quotas'

/** What holds for everybody without limits of their own. */
export function DefaultsSection() {
  const { t } = useTranslation()
  const language = useLanguage()
  const canSet = may(useMe(), 'quotas:govern')
  const query = useQuery(defaultsQuery())
  const set = useSetDefaults()
  const [editing, setEditing] = useState(false)
  const defaults = query.data
  const bytes = (text: string | null | undefined) => {
    const value = parseQuantity(text)
    return value === null ? null : formatBytes(value, language)
  }
  const facts = defaults && [
    [t('quotas.sessions'), defaults.maxSessions?.toLocaleString(language) ?? null],
    [t('quotas.cpu'), parseQuantity(defaults.maxCpu)?.toLocaleString(language) ?? null],
    [t('quotas.memory'), bytes(defaults.maxMemory)],
    [t('quotas.storage'), bytes(defaults.maxStorage)],
  ]
  return (
    <Section
      title={t('quotas.defaults')}
      text={t('quotas.defaultsText')}
      actions={
        canSet &&
        defaults && (
          <Button size="compact-sm" variant="default" onClick={() => setEditing(true)}>
            {t('quotas.edit')}
          </Button>
        )
      }
    >
      {query.isPending && <Skeleton h={44} />}
      {query.isError && !defaults && <PartError error={query.error} />}
      {facts && (
        <SimpleGrid cols={{ base: 2, sm: 4 }}>
          {facts.map(([label, value]) => (
            <div key={label}>
              <Text fz="xs" c="dimmed">
                {label}
              </Text>
              <Text fz="md" fw={600} className="tabular">
                {value ?? t('quotas.noLimit')}
              </Text>
            </div>
          ))}
        </SimpleGrid>
      )}
      {editing && defaults && (
        <QuotaDialog
          title={t('quotas.defaults')}
          text={t('quotas.defaultsEditText')}
          limits={defaults}
          saving={set.isPending}
          error={set.error}
          onClose={() => {
            set.reset()
            setEditing(false)
          }}
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
