import { notifications } from '@mantine/notifications'
import type { QueryClient } from '@tanstack/react-query'
import i18next from 'i18next'

import { meQuery } from '@/api/me'
import { formatBytes, parseQuantity } from '@/lib/quantity'

interface HomeEvent {
  userId: string
  data: { usedStorage: string; maxStorage: string }
}

/** Tells somebody, once however many sessions they have open, that their files hold more than they may. */
export function tellHomeFull(queryClient: QueryClient, message: unknown): void {
  const { userId, data } = message as HomeEvent
  if (queryClient.getQueryData(meQuery().queryKey)?.id !== userId) return
  const shown = (size: string) => formatBytes(parseQuantity(size) ?? 0, i18next.language)
  notifications.hide('home-full')
  notifications.show({
    id: 'home-full',
    color: 'yellow',
    autoClose: false,
    title: i18next.t('homeFull.title'),
    message: i18next.t('homeFull.text', { used: shown(data.usedStorage), max: shown(data.maxStorage) }),
  })
}
