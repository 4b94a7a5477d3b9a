import { Button, Group, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { useConfirm } from '@/components/confirm'
import { notifyDone, useNotifyError } from '@/components/notify'
import { Problem } from '@/components/problem'
import { Facts, Section } from '@/components/section'
import { may } from '@/lib/authorization'

import { useChangeOrganization, type Organization } from '../api/organizations'

export function OrganizationSettings({ organization }: { organization: Organization }) {
  const { t } = useTranslation()
  const me = useMe()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const change = useChangeOrganization(organization.id)
  const mfa = useChangeOrganization(organization.id)
  const guests = useChangeOrganization(organization.id)
  const [displayName, setDisplayName] = useState(organization.displayName)
  const [description, setDescription] = useState(organization.description)
  const [k8sNamespace, setNamespace] = useState(organization.k8sNamespace)
  const canManage = may(me, 'organizations:manage')
  const canChange = may(me, 'organizations:change') && organization.status !== 'deleted'
  const changed = {
    ...(displayName === organization.displayName ? {} : { displayName }),
    ...(description === organization.description ? {} : { description }),
    ...(k8sNamespace === organization.k8sNamespace ? {} : { k8sNamespace }),
  }
  const saved = () => notifyDone(t('action.saved'))
  const requireMfa = async (required: boolean) => {
    if (required) {
      const yes = await confirm({
        title: t('organizations.requireMfaTitle'),
        text: t('organizations.requireMfaConfirm'),
        confirm: t('organizations.requireMfaYes'),
      })
      if (!yes) return
    }
    await mfa.mutateAsync({ requireMfa: required }).then(saved, notifyError)
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    // What was saved draws this form anew, and `mutate` would then forget its callbacks.
    void change.mutateAsync(changed).then(saved, () => undefined)
  }
  if (!canChange) {
    return (
      <Section title={t('organizations.settings')}>
        <Facts
          facts={[
            [t('groups.description'), organization.description || '–'],
            [t('organizations.namespace'), organization.k8sNamespace],
            [
              t('organizations.secondFactor'),
              organization.requireMfa ? t('organizations.mfaRequired') : t('organizations.mfaOptional'),
            ],
          ]}
        />
      </Section>
    )
  }
  return (
    <Section title={t('organizations.settings')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t('organizations.displayName')}
            required
            withAsterisk={false}
            minLength={3}
            maxLength={100}
            value={displayName}
            onChange={(event) => setDisplayName(event.currentTarget.value)}
          />
          <Textarea
            label={t('groups.description')}
            autosize
            minRows={1}
            maxRows={6}
            maxLength={500}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          {canManage && (
            <TextInput
              label={t('organizations.namespace')}
              description={t('organizations.namespaceText')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              minLength={3}
              maxLength={63}
              spellCheck={false}
              autoCapitalize="none"
              value={k8sNamespace}
              onChange={(event) => setNamespace(event.currentTarget.value)}
            />
          )}
          <Switch
            label={t('organizations.requireMfa')}
            description={t('organizations.requireMfaText')}
            checked={organization.requireMfa}
            disabled={mfa.isPending}
            onChange={(event) => void requireMfa(event.currentTarget.checked)}
          />
          <Switch
            label={t('organizations.guestLinks')}
            description={t('organizations.guestLinksText')}
            checked={organization.guestLinks}
            disabled={guests.isPending}
            onChange={(event) =>
              void guests.mutateAsync({ guestLinks: event.currentTarget.checked }).then(saved, notifyError)
            }
          />
          <Problem error={change.error} />
          {Object.keys(changed).length > 0 && (
            <Group justify="flex-end" gap="xs">
              <Button
                variant="default"
                onClick={() => {
                  setDisplayName(organization.displayName)
                  setDescription(organization.description)
                  setNamespace(organization.k8sNamespace)
                  change.reset()
                }}
              >
                {t('action.discard')}
              </Button>
              <Button type="submit" loading={change.isPending}>
                {t('action.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Section>
  )
}
