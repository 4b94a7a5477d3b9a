import { Button, Group, Modal, NumberInput, Select, SimpleGrid, Stack, Text } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

import type { PolicyChoices } from '@/api/policies'

import { Problem } from './problem'

interface Props {
  title: string
  said: PolicyChoices
  saving: boolean
  error: unknown
  onSave: (said: PolicyChoices) => void
  onClose: () => void
}

const SILENT = ''
const CLIPBOARDS = ['both', 'in', 'out', 'off'] as const
const PERMISSIONS = ['upload', 'download', 'microphone', 'printing'] as const
const MEBIBYTE = 2 ** 20

/** Says what may cross; what is left to others is not said. */
export function PolicyDialog({ title, said, saving, error, onSave, onClose }: Props) {
  const { t } = useTranslation()
  const [choices, setChoices] = useState<PolicyChoices>({ ...said })
  const [mebibytes, setMebibytes] = useState<number | string>(
    said.maxUploadBytes == null ? '' : said.maxUploadBytes / MEBIBYTE,
  )
  const choose = (change: PolicyChoices) => setChoices((all) => ({ ...all, ...change }))
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    onSave({
      clipboard: choices.clipboard,
      upload: choices.upload,
      download: choices.download,
      microphone: choices.microphone,
      printing: choices.printing,
      watermark: choices.watermark,
      maxUploadBytes: mebibytes === '' ? null : Math.round(Number(mebibytes) * MEBIBYTE),
    })
  }
  const silent = { value: SILENT, label: t('policies.silent') }
  const yesOrNo = (
    name: 'upload' | 'download' | 'microphone' | 'printing' | 'watermark',
    yes: string,
    no: string,
  ) => (
    <Select
      key={name}
      label={t(`policies.${name}`)}
      data={[silent, { value: 'yes', label: yes }, { value: 'no', label: no }]}
      value={choices[name] == null ? SILENT : choices[name] ? 'yes' : 'no'}
      onChange={(value) => choose({ [name]: value === SILENT ? null : value === 'yes' })}
      allowDeselect={false}
    />
  )
  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text fz="sm" c="dimmed">
            {t('policies.editText')}
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
            <Select
              data-autofocus
              label={t('policies.clipboard')}
              data={[
                silent,
                ...CLIPBOARDS.map((value) => ({ value, label: t(`policies.clipboards.${value}`) })),
              ]}
              value={choices.clipboard ?? SILENT}
              onChange={(value) => choose({ clipboard: CLIPBOARDS.find((one) => one === value) ?? null })}
              allowDeselect={false}
            />
            {PERMISSIONS.map((name) => yesOrNo(name, t('policies.allowed'), t('policies.notAllowed')))}
            {yesOrNo('watermark', t('policies.shown'), t('policies.notShown'))}
            <NumberInput
              label={t('policies.maxUpload')}
              placeholder={t('policies.silent')}
              min={0}
              max={8_000_000_000}
              decimalScale={2}
              allowNegative={false}
              suffix=" MiB"
              value={mebibytes}
              onChange={setMebibytes}
            />
          </SimpleGrid>
          <Problem error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={saving}>
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
