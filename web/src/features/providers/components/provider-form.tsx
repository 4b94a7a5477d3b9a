import {
  Alert,
  Button,
  Group,
  NumberInput,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { Problem } from '@/components/problem'
import { Section } from '@/components/section'
import { nameFrom } from '@/lib/names'

import type { Kind, Preset, Provider } from '../api/providers'
import { gapsIn, type Values } from '../form'
import { GroupRules } from './group-rules'

const MEMBER_ROLES = ['viewer', 'user', 'maintainer'] as const

interface Props {
  kind: Kind
  preset?: Preset
  /** Missing: a new one. */
  provider?: Provider
  values: Values
  onChange: (values: Values) => void
  saving: boolean
  error: unknown
  dirty: boolean
  onSave: () => void
  onDiscard: () => void
}

/** All that can be said about a provider; what the protocol needs comes first. */
export function ProviderForm({
  kind,
  preset,
  provider,
  values,
  onChange,
  saving,
  error,
  dirty,
  onSave,
  onDiscard,
}: Props) {
  const { t } = useTranslation()
  const [named, setNamed] = useState(false)
  const set = (change: Partial<Values>) => onChange({ ...values, ...change })
  const text = (key: keyof Values) => ({
    value: values[key] as string,
    onChange: (event: { currentTarget: { value: string } }) => set({ [key]: event.currentTarget.value }),
  })
  const flag = (key: keyof Values) => ({
    checked: values[key] as boolean,
    onChange: (event: { currentTarget: { checked: boolean } }) => set({ [key]: event.currentTarget.checked }),
  })
  const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[]
  const gaps = gapsIn(kind === 'oidc' ? values.issuer : values.metadataUrl)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    onSave()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap={18}>
        <Section title={t('providers.connection')}>
          <Stack gap="md">
            {preset?.hint && preset.name !== 'generic' && (
              <Alert color="gray" icon={<IconInfoCircle size={18} />}>
                {preset.hint}
              </Alert>
            )}
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <TextInput
                label={t('providers.displayName')}
                description={t('providers.displayNameText')}
                inputWrapperOrder={below}
                required
                maxLength={100}
                value={values.displayName}
                onChange={(event) => {
                  const displayName = event.currentTarget.value
                  set({
                    displayName,
                    ...(provider || named ? {} : { name: nameFrom(displayName) }),
                  })
                }}
              />
              <TextInput
                label={t('providers.name')}
                description={provider ? t('providers.nameFixed') : t('providers.nameText')}
                inputWrapperOrder={below}
                required
                maxLength={50}
                spellCheck={false}
                autoCapitalize="none"
                disabled={!!provider}
                value={values.name}
                onChange={(event) => {
                  setNamed(true)
                  set({ name: event.currentTarget.value })
                }}
              />
            </SimpleGrid>
            {kind === 'oidc' ? (
              <>
                <TextInput
                  label={t('providers.issuer')}
                  description={t('providers.issuerText')}
                  inputWrapperOrder={below}
                  required
                  maxLength={1000}
                  spellCheck={false}
                  placeholder="https://id.example.org"
                  error={gaps.length > 0 && t('providers.fillIn', { list: gaps.join(', ') })}
                  {...text('issuer')}
                />
                <SimpleGrid cols={{ base: 1, xs: 2 }}>
                  <TextInput
                    label={t('providers.clientId')}
                    required
                    maxLength={300}
                    spellCheck={false}
                    autoComplete="off"
                    {...text('clientId')}
                  />
                  <PasswordInput
                    label={t('providers.clientSecret')}
                    placeholder={provider?.hasSecret ? t('providers.secretKept') : undefined}
                    maxLength={2000}
                    autoComplete="new-password"
                    visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
                    {...text('clientSecret')}
                  />
                  <TagsInput
                    label={t('providers.scopes')}
                    maxTags={20}
                    splitChars={[',', ' ']}
                    value={values.scopes}
                    onChange={(scopes) => set({ scopes })}
                  />
                  <TextInput
                    label={t('providers.groupsClaim')}
                    placeholder="groups"
                    maxLength={300}
                    {...text('groupsClaim')}
                  />
                </SimpleGrid>
              </>
            ) : (
              <>
                <TextInput
                  label={t('providers.metadataUrl')}
                  description={t('providers.metadataUrlText')}
                  inputWrapperOrder={below}
                  maxLength={1000}
                  spellCheck={false}
                  placeholder="https://id.example.org/metadata"
                  error={gaps.length > 0 && t('providers.fillIn', { list: gaps.join(', ') })}
                  {...text('metadataUrl')}
                />
                <Textarea
                  label={t('providers.metadataXml')}
                  description={t('providers.metadataXmlText')}
                  inputWrapperOrder={below}
                  placeholder={provider ? t('providers.metadataKept') : '<md:EntityDescriptor …>'}
                  autosize
                  minRows={2}
                  maxRows={8}
                  maxLength={500_000}
                  spellCheck={false}
                  {...text('metadataXml')}
                />
              </>
            )}
          </Stack>
        </Section>

        <Section title={t('providers.people')} text={t('providers.peopleText')}>
          <Stack gap="md">
            <Switch label={t('providers.jit')} description={t('providers.jitText')} {...flag('jit')} />
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <Select
                label={t('providers.defaultOrgRole')}
                data={MEMBER_ROLES.map((value) => ({ value, label: t(`orgRole.${value}`) }))}
                value={values.defaultOrgRole === 'org_admin' ? 'user' : values.defaultOrgRole}
                onChange={(role) => set({ defaultOrgRole: role ?? 'user' })}
                allowDeselect={false}
              />
              <TagsInput
                label={t('providers.allowedDomains')}
                placeholder={values.allowedDomains.length === 0 ? t('providers.anyDomain') : undefined}
                maxTags={50}
                splitChars={[',', ' ']}
                value={values.allowedDomains}
                onChange={(allowedDomains) => set({ allowedDomains })}
              />
            </SimpleGrid>
            <TagsInput
              label={t('providers.allowedGroups')}
              description={t('providers.allowedGroupsText')}
              inputWrapperOrder={below}
              placeholder={values.allowedGroups.length === 0 ? t('providers.anyGroup') : undefined}
              maxTags={50}
              value={values.allowedGroups}
              onChange={(allowedGroups) => set({ allowedGroups })}
            />
          </Stack>
        </Section>

        <Section title={t('providers.rules')} text={t('providers.rulesText')}>
          <GroupRules
            rules={values.groupRules}
            onChange={(groupRules) => set({ groupRules })}
            withRoles={provider?.managedBy !== 'org'}
          />
        </Section>

        <Section title={t('providers.more')}>
          <Stack gap="md">
            <Switch
              label={t('providers.listed')}
              description={t('providers.listedText')}
              {...flag('listed')}
            />
            <Switch
              label={t('providers.trustMfa')}
              description={t('providers.trustMfaText')}
              {...flag('trustMfa')}
            />
            <Switch
              label={t('providers.trustEmail')}
              description={t('providers.trustEmailText')}
              {...flag('trustEmail')}
            />
            {kind === 'saml' && (
              <>
                <Switch
                  label={t('providers.wantResponseSigned')}
                  description={t('providers.wantResponseSignedText')}
                  {...flag('wantResponseSigned')}
                />
                <Switch
                  label={t('providers.allowUnsolicited')}
                  description={t('providers.allowUnsolicitedText')}
                  {...flag('allowUnsolicited')}
                />
              </>
            )}
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              {kind === 'oidc' && (
                <NumberInput
                  label={t('providers.recheck')}
                  description={t('providers.recheckText')}
                  inputWrapperOrder={below}
                  min={1}
                  max={1440}
                  allowDecimal={false}
                  value={values.recheckMinutes}
                  onChange={(value) => set({ recheckMinutes: Number(value) || 1 })}
                />
              )}
              <NumberInput
                label={t('providers.sessionHours')}
                description={t('providers.sessionHoursText')}
                inputWrapperOrder={below}
                min={1}
                max={720}
                allowDecimal={false}
                value={values.sessionHours}
                onChange={(value) => set({ sessionHours: Number(value) || 1 })}
              />
              {kind === 'oidc' ? (
                <TextInput
                  label={t('providers.usernameClaim')}
                  placeholder="preferred_username"
                  maxLength={300}
                  {...text('usernameClaim')}
                />
              ) : (
                (
                  [
                    'emailAttribute',
                    'nameAttribute',
                    'usernameAttribute',
                    'groupsAttribute',
                    'subjectAttribute',
                  ] as const
                ).map((key) => (
                  <TextInput
                    key={key}
                    label={t(`providers.attributes.${key}`)}
                    placeholder={t('providers.usual')}
                    maxLength={300}
                    spellCheck={false}
                    {...text(key)}
                  />
                ))
              )}
            </SimpleGrid>
          </Stack>
        </Section>

        <Problem error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDiscard} disabled={!!provider && !dirty}>
            {provider ? t('action.discard') : t('action.cancel')}
          </Button>
          <Button type="submit" loading={saving} disabled={gaps.length > 0 || (!!provider && !dirty)}>
            {provider ? t('action.save') : t('providers.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
