import { Button, Center, Loader } from '@mantine/core'
import { IconCompass } from '@tabler/icons-react'
import { Link, useRouter } from '@tanstack/react-router'
import { createContext, use } from 'react'
import { useTranslation } from 'react-i18next'

import { EmptyState, ErrorState } from '@/components/states'

import classes from './boundaries.module.css'

/** Whether a layout has drawn the page's `main` already; a page has one. */
export const InsideMain = createContext(false)

/** What a page shows when it could not be drawn at all. */
export function Boundary({ error }: { error: unknown }) {
  const router = useRouter()
  const Landmark = use(InsideMain) ? 'div' : 'main'
  return (
    <Landmark className={classes.page}>
      <ErrorState level={1} error={error} onRetry={() => void router.invalidate()} />
    </Landmark>
  )
}

export function NotFound() {
  const { t } = useTranslation()
  return (
    <main className={classes.page}>
      <title>{t('notFound.title')}</title>
      <EmptyState
        level={1}
        icon={IconCompass}
        title={t('notFound.title')}
        text={t('notFound.text')}
        action={<Button renderRoot={(props) => <Link to="/" {...props} />}>{t('nav.home')}</Button>}
      />
    </main>
  )
}

export function Loading() {
  const { t } = useTranslation()
  return (
    <Center flex={1} mih={240} role="status" aria-label={t('loading')}>
      <Loader size={22} color="gray" />
    </Center>
  )
}
