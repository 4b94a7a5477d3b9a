import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  Select,
  Skeleton,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { CopyField } from '@/components/copy-field'
import { Problem } from '@/components/problem'
import { ErrorState } from '@/components/states'

import { scopesQuery, useCreateKey } from '../api/keys'
import { EVERYTHING, explanationOf, groupScopes, type ScopeGroup } from '../scopes'
import classes from './create-key-dialog.module.css'

const LIFETIMES = ['30d', '90d', '365d', 'never'] as const
type Lifetime = (typeof LIFETIMES)[number]

/** Makes a key, and shows it the one time it can be seen. */
export function CreateKeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  const close = () => {
    setShown(false)
    onClose()
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('account.keys.create')}
      size="lg"
      closeOnClickOutside={!shown}
      closeOnEscape={!shown}
    >
      {opened && <KeyForm onClose={close} onMade={() => setShown(true)} />}
    </Modal>
  )
}

function KeyForm({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const { t } = useTranslation()
  const create = useCreateKey()
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [lifetime, setLifetime] = useState<Lifetime>('90d')
  const [addresses, setAddresses] = useState<string[]>([])

  if (create.data) return <Made secret={create.data.key} onClose={onClose} />
  return (
    <form
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        create.mutate(
          {
            name: name.trim(),
            description: description.trim() || undefined,
            scopes: [...chosen],
            expiresIn: lifetime === 'never' ? undefined : lifetime,
            allowedIps: addresses.length > 0 ? addresses : undefined,
          },
          { onSuccess: onMade },
        )
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('account.keys.name')}
          description={t('account.keys.nameText')}
          maxLength={100}
          required
          withAsterisk={false}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('account.keys.description')}
          maxLength={500}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Scopes chosen={chosen} onChange={setChosen} />
        <div className={classes.two}>
          <Select
            label={t('account.keys.expires')}
            data={LIFETIMES.map((value) => ({ value, label: t(`account.keys.lifetime.${value}`) }))}
            value={lifetime}
            onChange={(value) => setLifetime(value ?? '90d')}
            allowDeselect={false}
          />
          <TagsInput
            label={t('account.keys.addresses')}
            description={t('account.keys.addressesText')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            placeholder={addresses.length === 0 ? '203.0.113.7, 10.0.0.0/8' : undefined}
            splitChars={[',', ' ', ';']}
            maxTags={50}
            acceptValueOnBlur
            value={addresses}
            onChange={setAddresses}
          />
        </div>
        {lifetime === 'never' && (
          <Text fz="xs" c="var(--ss-warn)">
            {t('account.keys.neverText')}
          </Text>
        )}
        <Problem error={create.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={name.trim() === '' || chosen.size === 0}>
            {t('account.keys.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Scopes({
  chosen,
  onChange,
}: {
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
}) {
  const { t } = useTranslation()
  const me = useMe()
  const query = useQuery(scopesQuery())
  if (query.isPending) return <Skeleton h={180} radius="md" />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const everything = chosen.has(EVERYTHING)
  const toggle = (scope: string) => {
    const next = new Set(chosen)
    if (!next.delete(scope)) next.add(scope)
    onChange(next)
  }
  return (
    <fieldset className={classes.scopes}>
      <legend className={classes.legend}>{t('account.keys.scopes')}</legend>
      <Text fz="xs" c="dimmed">
        {t('account.keys.scopesText')}
      </Text>
      {groupScopes(query.data.scopes, me).map(({ group, scopes }) => (
        <ScopeList
          key={group}
          group={group}
          scopes={scopes}
          chosen={chosen}
          disabled={everything}
          onToggle={toggle}
        />
      ))}
      {query.data.scopes.some((scope) => scope.name === EVERYTHING) && (
        <Checkbox
          className={classes.everything}
          label={t('account.keys.everything')}
          description={t('account.keys.everythingText')}
          checked={everything}
          onChange={() => onChange(new Set(everything ? [] : [EVERYTHING]))}
        />
      )}
    </fieldset>
  )
}

function ScopeList({
  group,
  scopes,
  chosen,
  disabled,
  onToggle,
}: {
  group: ScopeGroup
  scopes: readonly string[]
  chosen: ReadonlySet<string>
  disabled: boolean
  onToggle: (scope: string) => void
}) {
  const { t } = useTranslation()
  return (
    <div role="group" aria-label={t(`account.keys.group.${group}`)}>
      <Text fz="xs" fw={600} mb={8}>
        {t(`account.keys.group.${group}`)}
      </Text>
      <div className={classes.list}>
        {scopes.map((scope) => {
          const key = explanationOf(scope)
          return (
            <Checkbox
              key={scope}
              size="xs"
              label={key ? t(`account.keys.scope.${key}`) : scope}
              description={key ? scope : undefined}
              checked={disabled || chosen.has(scope)}
              disabled={disabled}
              onChange={() => onToggle(scope)}
            />
          )
        })}
      </div>
    </div>
  )
}

function Made({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title={t('account.keys.once')}>
        {t('account.keys.onceText')}
      </Alert>
      <CopyField label={t('account.keys.key')} value={secret} />
      <div>
        <Text fz="xs" c="dimmed" mb={4}>
          {t('account.keys.use')}
        </Text>
        <CopyField
          label={t('account.keys.example')}
          value={`curl -H "Authorization: Bearer ${secret}" ${window.location.origin}/api/v1/users/me`}
        />
      </div>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('account.keys.saved')}</Button>
      </Group>
    </Stack>
  )
}
