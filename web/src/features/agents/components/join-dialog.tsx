import { Alert, Button, Checkbox, Group, Modal, NumberInput, Select, Stack, Text } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toApiError } from '@/api/errors'
import { CopyField } from '@/components/copy-field'
import { useErrorText } from '@/components/error-text'
import { formatMoment, useLanguage } from '@/lib/format'

import { useCreateJoinToken } from '../api/agents'

/** Makes a token with which a machine joins, and shows the command to run there. */
export function JoinDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('join.title')} size="lg">
      {opened && <JoinForm onClose={onClose} />}
    </Modal>
  )
}

function JoinForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const describe = useErrorText()
  const create = useCreateJoinToken()
  const [uses, setUses] = useState<number | string>(1)
  const [expiresIn, setExpiresIn] = useState('1h')
  const [approve, setApprove] = useState(true)

  if (create.data) {
    const command = `STREAMSPACE_AGENT_JOIN_TOKEN=${create.data.token} streamspace agent --server ${window.location.origin} --platform process`
    return (
      <Stack gap="md">
        <Text fz="sm">{t('join.run')}</Text>
        <CopyField label={t('join.command')} value={command} />
        <Text fz="sm" c="dimmed">
          {t('join.once', { until: formatMoment(create.data.expiresAt, language) })}
        </Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('action.done')}</Button>
        </Group>
      </Stack>
    )
  }
  const problem = create.error ? describe(toApiError(create.error)) : null
  return (
    <Stack gap="md">
      <Text fz="sm" c="dimmed">
        {t('join.text')}
      </Text>
      <Group grow align="flex-start">
        <NumberInput
          label={t('join.uses')}
          min={1}
          max={100}
          value={uses}
          onChange={setUses}
          allowDecimal={false}
        />
        <Select
          label={t('join.expires')}
          data={[
            { value: '15m', label: t('join.minutes', { count: 15 }) },
            { value: '1h', label: t('join.hours', { count: 1 }) },
            { value: '24h', label: t('join.hours', { count: 24 }) },
          ]}
          value={expiresIn}
          onChange={(value) => setExpiresIn(value ?? '1h')}
          allowDeselect={false}
        />
      </Group>
      <Checkbox
        label={t('join.approve')}
        description={t('join.approveText')}
        checked={approve}
        onChange={(event) => setApprove(event.currentTarget.checked)}
      />
      {problem && (
        <Alert color="red" icon={<IconAlertCircle size={18} />} title={problem.title} role="alert">
          {problem.message}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button
          loading={create.isPending}
          onClick={() => create.mutate({ platform: 'process', uses: Number(uses) || 1, expiresIn, approve })}
        >
          {t('join.create')}
        </Button>
      </Group>
    </Stack>
  )
}
