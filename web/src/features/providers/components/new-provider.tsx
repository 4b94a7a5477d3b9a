import { SegmentedControl, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { BackLink } from '@/components/back-link'
import { Columns } from '@/components/detail'
import { PageHeader } from '@/components/page'
import { ErrorState } from '@/components/states'

import {
  presetsQuery,
  useCreateProvider,
  type Kind,
  type NewProvider as NewProviderFields,
  type Preset,
  type Provider,
} from '../api/providers'
import { fromPreset, futureAddresses, toFields, trustsEmail } from '../form'
import { Addresses } from './addresses'
import { ProviderForm } from './provider-form'
import { ProviderIcon } from './provider-icon'
import classes from './providers.module.css'

interface Props {
  chosen: string | undefined
  onChoose: (preset: string | undefined) => void
  onCreated: (provider: Provider) => void
}

/** First which provider, then how to reach it. */
export function NewProvider({ chosen, onChoose, onCreated }: Props) {
  const { t } = useTranslation()
  const query = useQuery(presetsQuery())
  const preset = query.data?.presets.find((one) => one.name === chosen)
  return (
    <>
      <BackLink to="/admin/identity-providers" label={t('nav.providers')} />
      <PageHeader
        title={
          preset && preset.name !== 'generic'
            ? t('providers.addNamed', { name: preset.displayName })
            : t('providers.add')
        }
        text={preset ? undefined : t('providers.choose')}
      />
      {query.isPending && (
        <div className={classes.presets}>
          {Array.from({ length: 9 }, (_, index) => (
            <Skeleton key={index} h={76} radius="lg" />
          ))}
        </div>
      )}
      {!query.data && query.isError && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && !preset && (
        <ul className={classes.presets}>
          {query.data.presets.map((one) => (
            <li key={one.name}>
              <UnstyledButton className={classes.preset} onClick={() => onChoose(one.name)}>
                <ProviderIcon preset={one.name} />
                <span>
                  {one.name === 'generic' ? t('providers.generic') : one.displayName}
                  <Text component="span" display="block" fz="xs" c="dimmed" fw={400}>
                    {one.kinds.map((kind) => t(`providers.kinds.${kind}`)).join(', ')}
                  </Text>
                </span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
      {preset && (
        <NewForm
          key={preset.name}
          preset={preset}
          onCancel={() => onChoose(undefined)}
          onCreated={onCreated}
        />
      )}
    </>
  )
}

function NewForm({
  preset,
  onCancel,
  onCreated,
}: {
  preset: Preset
  onCancel: () => void
  onCreated: (provider: Provider) => void
}) {
  const { t } = useTranslation()
  const create = useCreateProvider()
  const [kind, setKind] = useState<Kind>(preset.kinds[0] ?? 'oidc')
  const [values, setValues] = useState(() => fromPreset(preset, kind))
  return (
    <Columns
      left={
        <Stack gap={18}>
          {preset.kinds.length > 1 && (
            <SegmentedControl
              aria-label={t('providers.kind')}
              data={preset.kinds.map((value) => ({ value, label: t(`providers.kinds.${value}`) }))}
              value={kind}
              onChange={(next) => {
                setKind(next)
                setValues({ ...values, trustEmail: trustsEmail(next) })
              }}
            />
          )}
          <ProviderForm
            kind={kind}
            preset={preset}
            values={values}
            onChange={setValues}
            saving={create.isPending}
            error={create.error}
            dirty
            onDiscard={onCancel}
            onSave={() =>
              create.mutate(
                {
                  ...toFields(kind, values),
                  name: values.name,
                  kind,
                  preset: preset.name as NewProviderFields['preset'],
                },
                { onSuccess: onCreated },
              )
            }
          />
        </Stack>
      }
      right={<Addresses addresses={futureAddresses(kind, values.name, window.location.origin)} />}
    />
  )
}
