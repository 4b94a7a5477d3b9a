import { Alert, Button, Code, Menu, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconDownload, IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { Problem } from '@/components/problem'
import { may } from '@/lib/authorization'
import { useLanguage } from '@/lib/format'

import { useVerify, type Verdict } from '../api/audit'
import { exportUrl, type AuditSearch } from '../filter'

/** Takes the log away as a file, and proves that it is whole. */
export function AuditActions({ search }: { search: AuditSearch }) {
  const { t } = useTranslation()
  const me = useMe()
  const verify = useVerify()
  return (
    <>
      {may(me, 'audit:verify') && (
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={16} />}
          loading={verify.isPending}
          onClick={() => verify.mutate()}
        >
          {t('audit.verify')}
        </Button>
      )}
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size={16} />}>
            {t('action.export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('audit.exportText')}</Menu.Label>
          {(['csv', 'json', 'jsonl'] as const).map((format) => (
            <Menu.Item key={format} component="a" href={exportUrl(search, format)} download>
              {t(`audit.formats.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={verify.isSuccess || verify.isError}
        onClose={() => verify.reset()}
        title={t('audit.verifyTitle')}
      >
        {verify.data && <VerdictText verdict={verify.data} />}
        <Problem error={verify.error} />
      </Modal>
    </>
  )
}

function VerdictText({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <Stack gap="md">
      {verdict.ok ? (
        <Alert color="teal" icon={<IconShieldCheck size={18} />} title={t('audit.whole')} role="status">
          {t('audit.wholeText', {
            count: verdict.entries,
            entries: verdict.entries.toLocaleString(language),
          })}
        </Alert>
      ) : (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('audit.broken')} role="alert">
          {verdict.brokenAt !== null && verdict.brokenAt !== undefined
            ? t('audit.brokenAt', { seq: verdict.brokenAt })
            : null}{' '}
          {verdict.reason}
        </Alert>
      )}
      {(verdict.gaps ?? []).length > 0 && (
        <Text fz="sm">{t('audit.gaps', { list: (verdict.gaps ?? []).join(', ') })}</Text>
      )}
      <Text fz="sm" c="dimmed">
        {t('audit.head', { seq: verdict.head.seq })}
      </Text>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {verdict.head.hash}
      </Code>
      <Text fz="xs" c="dimmed">
        {t('audit.verifyHint')}
      </Text>
    </Stack>
  )
}
