import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Session } from '@/api/types'
import { notifyDone } from '@/components/notify'
import { Problem } from '@/components/problem'

import { useUpdateSession } from '../api/about'
import { ResourceInputs } from '../components/resource-inputs'
import { quantitiesOf, sizesOf } from '../sizes'

/** More or less of the machine, from the next wake on. */
export function ResizeDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const { t } = useTranslation()
  const change = useUpdateSession(session.id)
  const [sizes, setSizes] = useState(() => sizesOf(session.resources))
  const save = () =>
    change.mutate(
      { resources: quantitiesOf(sizes) },
      {
        onSuccess: () => {
          notifyDone(t('action.saved'))
          onClose()
        },
      },
    )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('sessionPage.resizeTitle', { name: session.templateDisplayName })}
    >
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {t('sessionPage.resizeText')}
        </Text>
        <ResourceInputs sizes={sizes} onChange={setSizes} />
        <Problem error={change.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button loading={change.isPending} onClick={save}>
            {t('action.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
