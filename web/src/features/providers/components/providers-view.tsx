import { ActionIcon, Button, Menu, Skeleton, Stack, Text } from '@mantine/core'
import {
  IconDots,
  IconEdit,
  IconFingerprint,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { Badge } from '@/components/state-badge'
import { EmptyState, ErrorState } from '@/components/states'

import { providersQuery, type Provider } from '../api/providers'
import { ProviderIcon } from './provider-icon'
import classes from './providers.module.css'
import { useProviderActions } from './use-provider-actions'

/** Who else vouches for people. */
export function ProvidersView() {
  const { t } = useTranslation()
  const query = useQuery(providersQuery())
  if (query.isPending) {
    return (
      <Stack gap="sm">
        {[0, 1].map((index) => (
          <Skeleton key={index} h={76} radius="lg" />
        ))}
      </Stack>
    )
  }
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const { providers } = query.data
  if (providers.length === 0) {
    return (
      <EmptyState
        icon={IconFingerprint}
        title={t('providers.none')}
        text={t('providers.noneText')}
        action={
          <Button renderRoot={(props) => <Link to="/admin/identity-providers/new" {...props} />}>
            {t('providers.add')}
          </Button>
        }
      />
    )
  }
  return (
    <ul className={classes.list}>
      {providers.map((provider) => (
        <ProviderRow key={provider.id} provider={provider} />
      ))}
    </ul>
  )
}

export function ProviderState({ provider }: { provider: Provider }) {
  const { t } = useTranslation()
  if (!provider.enabled) return <Badge tone="quiet" text={t('providers.disabled')} />
  return <Badge tone="ok" text={provider.listed ? t('providers.enabled') : t('providers.hidden')} />
}

function ProviderRow({ provider }: { provider: Provider }) {
  const { t } = useTranslation()
  const { setEnabled, remove } = useProviderActions()
  return (
    <li className={classes.row}>
      <ProviderIcon preset={provider.preset} />
      <Stack gap={2} className={classes.who}>
        <Link to="/admin/identity-providers/$id" params={{ id: provider.id }} className={classes.name}>
          {provider.displayName}
        </Link>
        <Text fz="xs" c="dimmed" truncate>
          {[
            t(`providers.kinds.${provider.kind}`),
            provider.name,
            t(`providers.managed.${provider.managedBy}`),
          ].join(' · ')}
        </Text>
      </Stack>
      <Text fz="sm" c="dimmed" className={`${classes.people ?? ''} tabular`}>
        {t('groups.members', { count: provider.people })}
      </Text>
      <ProviderState provider={provider} />
      <Menu position="bottom-end" width={210}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('session.actionsOf', { name: provider.displayName })}
          >
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconEdit size={16} />}
            renderRoot={(props) => (
              <Link to="/admin/identity-providers/$id" params={{ id: provider.id }} {...props} />
            )}
          >
            {t('providers.edit')}
          </Menu.Item>
          <Menu.Item
            leftSection={provider.enabled ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
            onClick={() => void setEnabled(provider, !provider.enabled)}
          >
            {provider.enabled ? t('providers.disable') : t('providers.enable')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => void remove(provider)}>
            {t('action.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}
