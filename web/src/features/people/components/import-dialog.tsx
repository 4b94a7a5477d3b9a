import { Alert, Button, Checkbox, Code, FileButton, Group, Modal, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconFileSpreadsheet, IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { notifyDone } from '@/components/notify'
import { Problem } from '@/components/problem'
import { download } from '@/lib/download'

import { LARGEST_BYTES, useImportPeople, type ImportResult } from '../api/import'
import classes from './import-dialog.module.css'

const EXAMPLE =
  'username,email,fullName,password,provider,orgRole,groups\r\n' +
  'ada,ada@example.org,Ada Lovelace,a-first-password,local,user,engineering\r\n' +
  'alan,alan@example.org,Alan Turing,,oidc,maintainer,engineering;research\r\n'

/** People from a file: first what would happen, then the import. */
export default function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('people.import')} size="lg">
      <ImportSteps onClose={onClose} />
    </Modal>
  )
}

function ImportSteps({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [file, setFile] = useState<{ name: string; csv: string } | null>(null)
  const [tooLarge, setTooLarge] = useState(false)
  const [partial, setPartial] = useState(false)
  const [over, setOver] = useState(false)
  const check = useImportPeople()
  const run = useImportPeople()
  const result = check.data
  const would = result ? result.total - result.failed.length : 0

  const take = async (picked: File | null) => {
    setOver(false)
    if (!picked) return
    setTooLarge(picked.size > LARGEST_BYTES)
    run.reset()
    setPartial(false)
    if (picked.size > LARGEST_BYTES) {
      setFile(null)
      return
    }
    const csv = await picked.text()
    setFile({ name: picked.name, csv })
    check.mutate({ csv, dryRun: true, partial: true })
  }
  const start = () => {
    if (!file) return
    run.mutate(
      { csv: file.csv, dryRun: false, partial },
      {
        onSuccess: (done) => {
          if (done.created.length === 0) return
          notifyDone(t('people.imported', { count: done.created.length }))
          onClose()
        },
      },
    )
  }

  return (
    <Stack gap="md">
      <Text fz="sm" c="dimmed">
        {t('people.importText')}
      </Text>
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          void take(event.dataTransfer.files[0] ?? null)
        }}
      >
        <IconFileSpreadsheet size={26} stroke={1.5} aria-hidden />
        <Text fz="sm" fw={500}>
          {file?.name ?? t('people.dropFile')}
        </Text>
        <Code fz="xs">username,email,fullName,password[,provider,orgRole,groups]</Code>
        <Group gap="xs" justify="center" mt={4}>
          <FileButton accept=".csv,text/csv" onChange={(picked) => void take(picked)}>
            {(props) => (
              <Button {...props} size="xs" variant="default">
                {t('people.chooseFile')}
              </Button>
            )}
          </FileButton>
          <Button
            size="xs"
            variant="subtle"
            onClick={() => download('people-example.csv', EXAMPLE, 'text/csv')}
          >
            {t('people.example')}
          </Button>
        </Group>
      </div>
      {tooLarge && <Alert color="red">{t('people.fileTooLarge')}</Alert>}
      {check.isPending && file && (
        <Text fz="sm" c="dimmed" role="status">
          {t('people.checking')}
        </Text>
      )}
      {result && file && (
        <div role="status">
          {result.failed.length === 0 ? (
            <Alert
              color={would > 0 ? 'teal' : 'gray'}
              icon={would > 0 ? <IconCircleCheck size={18} /> : <IconInfoCircle size={18} />}
            >
              {would > 0 ? t('people.allFine', { count: would }) : t('people.emptyFile')}
            </Alert>
          ) : (
            <FailedLines failed={result.failed} would={would} />
          )}
        </div>
      )}
      {result && result.failed.length > 0 && would > 0 && (
        <Checkbox
          label={t('people.partial', { count: would })}
          checked={partial}
          onChange={(event) => setPartial(event.currentTarget.checked)}
        />
      )}
      {run.data && run.data.failed.length > 0 && run.data.created.length === 0 && (
        <FailedLines failed={run.data.failed} would={0} />
      )}
      <Problem error={check.error ?? run.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button
          disabled={!file || would === 0 || (result !== undefined && result.failed.length > 0 && !partial)}
          loading={run.isPending}
          onClick={start}
        >
          {t('people.importStart', { count: would })}
        </Button>
      </Group>
    </Stack>
  )
}

function FailedLines({ failed, would }: { failed: ImportResult['failed']; would: number }) {
  const { t } = useTranslation()
  return (
    <Stack gap="xs">
      <Text fz="sm" fw={500}>
        {t('people.someFail', { count: failed.length })} {would > 0 && t('people.restFine', { count: would })}
      </Text>
      {/* Scrollable regions must be reachable by keyboard. */}
      <div className={classes.lines} tabIndex={0} role="region" aria-label={t('people.problems')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('people.line')}</th>
              <th scope="col">{t('signIn.username')}</th>
              <th scope="col">{t('people.problem')}</th>
            </tr>
          </thead>
          <tbody>
            {failed.map((one) => (
              <tr key={`${one.line}-${one.username}`}>
                <td className="tabular">{one.line}</td>
                <td>{one.username || '–'}</td>
                <td>{one.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Stack>
  )
}
