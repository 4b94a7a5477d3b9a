import { Alert, Button, Code, Group, Modal, Progress, Select, Stack, Text } from '@mantine/core'
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toApiError } from '@/api/errors'
import type { Template } from '@/api/types'
import { useErrorText } from '@/components/error-text'
import { formatDuration, useLanguage } from '@/lib/format'
import { useNow } from '@/lib/now'

import { commandQuery, hasEnded, useInstallPackages } from '../api/install-packages'
import { templateKeys, templateQuery } from '../api/templates'

interface Props {
  template: Template
  onClose: () => void
}

/** Installs what an application lacks on an agent, and follows the work. */
export default function InstallDialog({ template, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('install.title', { name: template.displayName })}>
      <Installation template={template} onClose={onClose} />
    </Modal>
  )
}

function Installation({ template, onClose }: { template: Template; onClose: () => void }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const describe = useErrorText()
  const [chosen, setChosen] = useState<string | null>(null)
  const details = useQuery(templateQuery(template.name))
  const install = useInstallPackages()
  const lacking = (details.data?.availability ?? [])
    .filter((agent) => agent.reasons.some((reason) => reason.code === 'packages_missing'))
    .map((agent) => agent.agentId)
  const agentId = chosen ?? lacking[0] ?? null
  const commandId = install.data?.commandId
  const command = useQuery({
    ...commandQuery(agentId ?? '', commandId ?? ''),
    enabled: !!agentId && !!commandId,
  })
  const status = command.data?.status
  const packages = template.unavailableReason?.packages ?? []
  const problem = details.error ?? install.error ?? command.error
  const failed = status !== undefined && hasEnded(status) && status !== 'completed'

  useEffect(() => {
    if (status === 'completed') void queryClient.invalidateQueries({ queryKey: templateKeys.all })
  }, [status, queryClient])

  return (
    <Stack gap="md">
      <Text fz="sm" c="dimmed">
        {t('install.text', { name: template.displayName })}
      </Text>
      {packages.length > 0 && (
        <Group gap={6}>
          {packages.map((name) => (
            <Code key={name}>{name}</Code>
          ))}
        </Group>
      )}
      {lacking.length > 1 && (
        <Select
          label={t('install.agent')}
          data={lacking}
          value={agentId}
          onChange={setChosen}
          allowDeselect={false}
          disabled={!!commandId}
        />
      )}
      {commandId && !hasEnded(status) && <Working startedAt={install.submittedAt} />}
      {status === 'completed' && (
        <Alert color="teal" icon={<IconCircleCheck size={18} />} title={t('install.done')} role="status">
          {t('install.doneText', { name: template.displayName })}
        </Alert>
      )}
      {failed && (
        <Alert color="red" icon={<IconAlertCircle size={18} />} title={t('install.failed')} role="alert">
          {command.data?.errorMessage ?? t('install.failedText')}
        </Alert>
      )}
      {problem && (
        <Alert
          color="red"
          icon={<IconAlertCircle size={18} />}
          title={describe(toApiError(problem)).title}
          role="alert"
        >
          {describe(toApiError(problem)).message}
        </Alert>
      )}
      {details.data && lacking.length === 0 && status === undefined && (
        <Alert color="gray">{t('install.noAgent')}</Alert>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('action.close')}
        </Button>
        {status !== 'completed' && (
          <Button
            loading={install.isPending || (!!commandId && !hasEnded(status))}
            disabled={!agentId}
            onClick={() => {
              if (agentId) install.mutate({ agentId, template: template.name })
            }}
          >
            {failed ? t('action.retry') : t('install.start')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

function Working({ startedAt }: { startedAt: number }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useNow(1000)
  return (
    <div role="status">
      <Group justify="space-between" mb={6}>
        <Text fz="sm" fw={500}>
          {t('install.working')}
        </Text>
        <Text fz="sm" c="dimmed" className="tabular" aria-hidden>
          {formatDuration(now - startedAt, language)}
        </Text>
      </Group>
      <Progress value={100} animated aria-label={t('install.working')} />
    </div>
  )
}
