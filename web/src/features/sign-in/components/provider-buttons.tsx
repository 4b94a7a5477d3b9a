import { Button, Stack } from '@mantine/core'
import {
  IconBrandAuth0,
  IconBrandGithub,
  IconBrandGitlab,
  IconBrandGoogle,
  IconBrandWindows,
  IconBuilding,
  type TablerIcon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import type { components } from '@/api/schema'

import classes from './provider-buttons.module.css'

type Provider = components['schemas']['PublicProvider']

const ICONS: Record<string, TablerIcon> = {
  auth0: IconBrandAuth0,
  entra: IconBrandWindows,
  github: IconBrandGithub,
  gitlab: IconBrandGitlab,
  google: IconBrandGoogle,
}

/** The address of a provider's sign-in that comes back to a page of ours, or null for one that is not ours. */
export function loginAddress(provider: Provider, next: string): string | null {
  const url = new URL(provider.loginUrl, window.location.origin)
  if (url.origin !== window.location.origin) return null
  url.searchParams.set('next', next)
  return url.pathname + url.search
}

export function ProviderButtons({ providers, next }: { providers: Provider[]; next: string }) {
  const { t } = useTranslation()
  return (
    <Stack gap="xs">
      {providers.map((provider) => {
        const Icon = ICONS[provider.preset] ?? IconBuilding
        const href = loginAddress(provider, next)
        return (
          href && (
            <Button
              key={provider.id}
              component="a"
              href={href}
              variant="default"
              size="md"
              fullWidth
              classNames={{ label: classes.label }}
              title={provider.displayName}
              leftSection={<Icon size={18} stroke={1.8} />}
            >
              {t('signIn.with', { name: provider.displayName })}
            </Button>
          )
        )
      })}
    </Stack>
  )
}
