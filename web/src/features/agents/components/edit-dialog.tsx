import { Button, Group, Modal, NumberInput, Stack, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Agent } from '@/api/types'

import type { AgentPatch } from '../api/agents'
import { readLabel, readLabels, writeLabels } from '../labels'
import { mostSessions } from '../load'
import { OrganizationSelect } from './organization-select'
import { useAgentActions } from './use-agent-actions'

const LONGEST_REGION = 50
const MOST_LABELS = 32

/** What an administrator decides about an agent. */
export function EditDialog({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const { t } = useTranslation()
  const { run } = useAgentActions()
  const [region, setRegion] = useState(agent.region ?? '')
  const [labels, setLabels] = useState(writeLabels(agent.labels ?? {}))
  const [orgId, setOrgId] = useState(agent.orgId ?? null)
  const [maxSessions, setMaxSessions] = useState<number | string>(agent.maxSessions ?? '')
  const [maxStarts, setMaxStarts] = useState<number | string>(agent.maxStarts ?? '')
  const [busy, setBusy] = useState(false)
  const regionIsShort = region.trim().length === 1
  const wrong = labels.find((label) => readLabel(label) === null)

  const save = async () => {
    const patch: AgentPatch = {
      region: region.trim() || null,
      labels: readLabels(labels),
      orgId,
      maxSessions: maxSessions === '' ? null : Number(maxSessions),
      maxStarts: maxStarts === '' ? null : Number(maxStarts),
    }
    setBusy(true)
    const saved = await run([agent], { what: 'update', patch })
    setBusy(false)
    if (saved) onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('agents.editTitle', { name: agent.agentId })} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('agents.region')}
            description={t('agents.regionText')}
            maxLength={LONGEST_REGION}
            value={region}
            onChange={(event) => setRegion(event.currentTarget.value)}
            error={regionIsShort && t('agents.regionShort')}
          />
          <TagsInput
            label={t('agents.labels')}
            description={t('agents.labelsText')}
            placeholder={labels.length === 0 ? 'gpu=yes' : undefined}
            maxTags={MOST_LABELS}
            value={labels}
            onChange={setLabels}
            acceptValueOnBlur
            error={wrong !== undefined && t('agents.labelWrong', { label: wrong })}
          />
          <OrganizationSelect value={orgId} onChange={setOrgId} />
          <Group grow align="flex-start">
            <NumberInput
              label={t('agents.maxSessions')}
              description={t('agents.maxSessionsText')}
              placeholder={String(mostSessions({ ...agent, maxSessions: null }) ?? '')}
              min={1}
              max={100_000}
              allowDecimal={false}
              value={maxSessions}
              onChange={setMaxSessions}
            />
            <NumberInput
              label={t('agents.maxStarts')}
              description={t('agents.maxStartsText')}
              placeholder={String(agent.standing?.starts.atOnce ?? '')}
              min={1}
              max={1000}
              allowDecimal={false}
              value={maxStarts}
              onChange={setMaxStarts}
            />
          </Group>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={regionIsShort || wrong !== undefined}>
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
