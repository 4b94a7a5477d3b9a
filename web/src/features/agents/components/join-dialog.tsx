import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toApiError } from '@/api/errors'
import { CopyField } from '@/components/copy-field'
import { useErrorText } from '@/components/error-text'
import { formatMoment, useLanguage } from '@/lib/format'

import { useCreateJoinToken } from '../api/join-tokens'
import { joinCommand } from '../join'
import { OrganizationSelect } from './organization-select'

const MOST_USES = 1000
const LONGEST_REGION = 50
const JOINABLE = ['process', 'docker'] as const
type Joinable = (typeof JOINABLE)[number]

/** Makes a token with which machines join, and shows the command to run there. */
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
  const describe = useErrorText()
  const create = useCreateJoinToken()
  const [platform, setPlatform] = useState<Joinable>('process')
  const [region, setRegion] = useState('')
  const [orgId, setOrgId] = useState<string | null>(null)
  const [uses, setUses] = useState<number | string>(1)
  const [expiresIn, setExpiresIn] = useState('1h')
  const [approve, setApprove] = useState(true)

  if (create.data) {
    return (
      <Made
        token={create.data.token}
        expiresAt={create.data.expiresAt}
        platform={platform}
        approves={approve}
        uses={create.data.uses}
        onClose={onClose}
      />
    )
  }
  const regionIsShort = region.trim().length === 1
  const problem = create.error ? describe(toApiError(create.error)) : null
  const make = () =>
    create.mutate({
      platform,
      uses: Number(uses) || 1,
      expiresIn,
      approve,
      ...(region.trim() && { region: region.trim() }),
      ...(orgId && { orgId }),
    })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        make()
      }}
    >
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {t('join.text')}
        </Text>
        <Select
          label={t('join.platform')}
          description={t(`join.platformText.${platform}`)}
          data={JOINABLE.map((value) => ({ value, label: t(`join.platforms.${value}`) }))}
          value={platform}
          onChange={(value) => setPlatform(JOINABLE.find((one) => one === value) ?? 'process')}
          allowDeselect={false}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <NumberInput
            label={t('join.uses')}
            min={1}
            max={MOST_USES}
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
              { value: '7d', label: t('join.days', { count: 7 }) },
            ]}
            value={expiresIn}
            onChange={(value) => setExpiresIn(value ?? '1h')}
            allowDeselect={false}
          />
          <TextInput
            label={t('agents.region')}
            description={t('join.regionText')}
            maxLength={LONGEST_REGION}
            value={region}
            onChange={(event) => setRegion(event.currentTarget.value)}
            error={regionIsShort && t('agents.regionShort')}
          />
          <OrganizationSelect value={orgId} onChange={setOrgId} />
        </SimpleGrid>
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
          <Button type="submit" loading={create.isPending} disabled={regionIsShort}>
            {t('join.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface MadeProps {
  token: string
  expiresAt: string
  platform: string
  uses: number
  approves: boolean
  onClose: () => void
}

function Made({ token, expiresAt, platform, uses, approves, onClose }: MadeProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <Stack gap="md">
      <Text fz="sm">{t('join.run', { count: uses })}</Text>
      <CopyField label={t('join.command')} value={joinCommand(window.location.origin, token, platform)} />
      <Text fz="sm" c="dimmed">
        {t('join.once', { until: formatMoment(expiresAt, language) })}
        {!approves && ` ${t('join.thenApprove')}`}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('action.done')}</Button>
      </Group>
    </Stack>
  )
}
