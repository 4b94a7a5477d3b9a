import { Button, Stack, Switch, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconStethoscope } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { BackLink } from '@/components/back-link'
import { Columns, DetailHead, DetailSkeleton } from '@/components/detail'
import { notifyDone } from '@/components/notify'
import { Problem } from '@/components/problem'
import { Grow, Row, Rows, Section } from '@/components/section'
import { ErrorState } from '@/components/states'

import {
  presetsQuery,
  providerQuery,
  useChangeProvider,
  useTestProvider,
  type Provider,
} from '../api/providers'
import { fromProvider, toFields } from '../form'
import { Addresses } from './addresses'
import { ProviderForm } from './provider-form'
import { ProviderIcon } from './provider-icon'
import classes from './providers.module.css'
import { ProviderState } from './providers-view'
import { useProviderActions } from './use-provider-actions'

interface Props {
  id: string
  /** Just made: whether it answers is what one wants to know. */
  testAtOnce: boolean
  onGone: () => void
}

/** One provider: its settings, what to tell it, and whether it answers. */
export function ProviderView({ id, testAtOnce, onGone }: Props) {
  const { t } = useTranslation()
  const query = useQuery(providerQuery(id))
  const provider = query.data
  return (
    <>
      <BackLink to="/admin/identity-providers" label={t('nav.providers')} />
      {query.isPending && <DetailSkeleton />}
      {!provider && query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {provider && (
        <>
          <DetailHead
            picture={<ProviderIcon preset={provider.preset} />}
            title={provider.displayName}
            text={
              <>
                {t(`providers.kinds.${provider.kind}`)} · {t('groups.members', { count: provider.people })} ·{' '}
                <ProviderState provider={provider} />
              </>
            }
          />
          <Columns
            left={
              <>
                <TestSection provider={provider} atOnce={testAtOnce} />
                <EditForm key={provider.updatedAt} provider={provider} />
              </>
            }
            right={
              <>
                <Addresses addresses={provider.addresses} />
                <StatusSection provider={provider} onGone={onGone} />
              </>
            }
          />
        </>
      )}
    </>
  )
}

function EditForm({ provider }: { provider: Provider }) {
  const { t } = useTranslation()
  const presets = useQuery(presetsQuery())
  const change = useChangeProvider()
  const known = fromProvider(provider)
  const [values, setValues] = useState(known)
  const changed = toFields(provider.kind, values, known)
  return (
    <ProviderForm
      kind={provider.kind}
      provider={provider}
      preset={presets.data?.presets.find((one) => one.name === provider.preset)}
      values={values}
      onChange={setValues}
      saving={change.isPending}
      error={change.error}
      dirty={Object.keys(changed).length > 0}
      onDiscard={() => {
        setValues(known)
        change.reset()
      }}
      onSave={() => {
        // What was saved draws this form anew, and `mutate` would then forget its callbacks.
        void change.mutateAsync({ id: provider.id, change: changed }).then(
          () => notifyDone(t('action.saved')),
          () => undefined,
        )
      }}
    />
  )
}

function TestSection({ provider, atOnce }: { provider: Provider; atOnce: boolean }) {
  const { t } = useTranslation()
  const test = useTestProvider()
  const { mutate } = test
  useEffect(() => {
    if (atOnce) mutate(provider.id)
  }, [atOnce, mutate, provider.id])
  return (
    <Section
      title={t('providers.test')}
      text={t('providers.testText')}
      actions={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconStethoscope size={15} />}
          loading={test.isPending}
          onClick={() => test.mutate(provider.id)}
        >
          {t('providers.testNow')}
        </Button>
      }
    >
      <div role="status">
        {test.data ? (
          test.data.checks.map((check) => (
            <div key={check.name} className={classes.check} data-ok={check.ok}>
              {check.ok ? (
                <IconCircleCheck size={18} aria-label={t('providers.fine')} role="img" />
              ) : (
                <IconCircleX size={18} aria-label={t('providers.wrong')} role="img" />
              )}
              <div>
                <Text fz="sm" fw={500}>
                  {check.name}
                </Text>
                <Text fz="sm" c="dimmed">
                  {check.message}
                </Text>
              </div>
            </div>
          ))
        ) : (
          <Text fz="sm" c="dimmed">
            {t('providers.notTested')}
          </Text>
        )}
      </div>
      <Problem error={test.error} />
    </Section>
  )
}

function StatusSection({ provider, onGone }: { provider: Provider; onGone: () => void }) {
  const { t } = useTranslation()
  const { setEnabled, remove, busy } = useProviderActions()
  const drop = async () => {
    if (await remove(provider)) onGone()
  }
  return (
    <Section title={t('providers.status')} danger flush>
      <Rows>
        <Row>
          <Grow>
            <Switch
              label={t('providers.enabled')}
              description={t('providers.enabledText')}
              checked={provider.enabled}
              disabled={busy}
              onChange={(event) => void setEnabled(provider, event.currentTarget.checked)}
            />
          </Grow>
        </Row>
        <Row>
          <Grow>
            <Stack gap={0}>
              <Text fz="sm" fw={500}>
                {t('providers.delete')}
              </Text>
              <Text fz="xs" c="dimmed">
                {t('providers.deleteHint')}
              </Text>
            </Stack>
          </Grow>
          <Button
            size="compact-sm"
            variant="default"
            c="var(--ss-bad)"
            loading={busy}
            onClick={() => void drop()}
          >
            {t('action.delete')}
          </Button>
        </Row>
      </Rows>
    </Section>
  )
}
