import { Button, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { policyQuery, useSetPolicy, type PolicyOwner } from '@/api/policies'

import { notifyDone } from './notify'
import { PartError } from './part-error'
import { PolicyDialog } from './policy-dialog'
import { PolicyList } from './policy-list'
import { Section } from './section'

interface Props {
  owner: PolicyOwner
  name: string
  canSet: boolean
}

/** What holds for the sessions of an organisation's or a group's people, and the way to change what they say. */
export function PolicySection({ owner, name, canSet }: Props) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  const query = useQuery(policyQuery(owner))
  const set = useSetPolicy(owner)
  const policy = query.data
  const close = () => {
    set.reset()
    setEditing(false)
  }
  return (
    <Section
      title={t('policies.title')}
      actions={
        canSet &&
        policy && (
          <Button size="compact-sm" variant="default" onClick={() => setEditing(true)}>
            {t('policies.edit')}
          </Button>
        )
      }
    >
      {query.isPending && <Skeleton h={160} />}
      {query.isError && !policy && <PartError error={query.error} />}
      {policy && (
        <Stack gap="md">
          <PolicyList policy={policy.effective} />
          <Text fz="xs" c="dimmed">
            {owner.kind === 'group' ? t('policies.groupText') : t('policies.organizationText')}
          </Text>
        </Stack>
      )}
      {editing && policy && (
        <PolicyDialog
          title={t('policies.editOf', { name })}
          said={policy}
          saving={set.isPending}
          error={set.error}
          onClose={close}
          onSave={(said) =>
            set.mutate(said, {
              onSuccess: () => {
                setEditing(false)
                notifyDone(t('policies.saved'))
              },
            })
          }
        />
      )}
    </Section>
  )
}
