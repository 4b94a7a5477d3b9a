import { Button, Group, Modal, NumberInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

import type { QuotaLimits } from '@/api/admin-types'
import { parseQuantity } from '@/lib/quantity'

import { Problem } from './problem'

interface Props {
  title: string
  text: string
  limits: QuotaLimits
  saving: boolean
  error: unknown
  onSave: (limits: QuotaLimits) => void
  /** Takes all limits of its own away; missing where there is nothing to fall back to. */
  onReset?: () => void
  onClose: () => void
}

const QUANTITIES = ['maxCpu', 'maxMemory', 'maxStorage'] as const

/** Sets limits; an empty field is no limit. */
export function QuotaDialog({ title, text, limits, saving, error, onSave, onReset, onClose }: Props) {
  const { t } = useTranslation()
  const [sessions, setSessions] = useState<number | string>(limits.maxSessions ?? '')
  const [texts, setTexts] = useState({
    maxCpu: limits.maxCpu ?? '',
    maxMemory: limits.maxMemory ?? '',
    maxStorage: limits.maxStorage ?? '',
  })
  const [checked, setChecked] = useState(false)
  const bad = (key: (typeof QUANTITIES)[number]) => {
    const value = parseQuantity(texts[key])
    return texts[key].trim() !== '' && (value === null || value < 0)
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setChecked(true)
    if (QUANTITIES.some(bad)) return
    onSave({
      maxSessions: sessions === '' ? null : Number(sessions),
      maxCpu: texts.maxCpu.trim() || null,
      maxMemory: texts.maxMemory.trim() || null,
      maxStorage: texts.maxStorage.trim() || null,
    })
  }
  const field = (key: (typeof QUANTITIES)[number], label: string, example: string) => (
    <TextInput
      label={label}
      placeholder={t('quotas.noLimit')}
      description={t('quotas.example', { example })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={checked && bad(key) && t('quotas.badQuantity')}
      maxLength={40}
      value={texts[key]}
      onChange={(event) => {
        const value = event.currentTarget.value
        setTexts((all) => ({ ...all, [key]: value }))
      }}
    />
  )
  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text fz="sm" c="dimmed">
            {text}
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
            <NumberInput
              label={t('quotas.sessions')}
              placeholder={t('quotas.noLimit')}
              description={t('quotas.atOnce')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              min={0}
              max={100_000}
              allowDecimal={false}
              allowNegative={false}
              data-autofocus
              value={sessions}
              onChange={setSessions}
            />
            {field('maxCpu', t('quotas.cpu'), '4, 1500m')}
            {field('maxMemory', t('quotas.memory'), '8Gi, 512Mi')}
            {field('maxStorage', t('quotas.storage'), '50Gi')}
          </SimpleGrid>
          <Problem error={error} />
          <Group justify="space-between" gap="xs">
            {onReset ? (
              <Button variant="subtle" color="gray" onClick={onReset} disabled={saving}>
                {t('quotas.reset')}
              </Button>
            ) : (
              <span />
            )}
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('action.cancel')}
              </Button>
              <Button type="submit" loading={saving}>
                {t('action.save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
