import { Paper, Text, Title } from '@mantine/core'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { Logo } from '@/components/logo'
import { SignInForm } from '@/features/auth/components/sign-in-form'

import { safeNext } from '../safe-next'
import classes from './login.module.css'

const route = getRouteApi('/login')

export function LoginPage() {
  const { t } = useTranslation()
  const router = useRouter()
  const { next } = route.useSearch()
  return (
    <main className={classes.page}>
      <title>{`${t('login.title')} · StreamSpace`}</title>
      <div className={classes.box}>
        <div className={classes.brand}>
          <Logo size={44} />
          <Title order={1} fz={22} lts="-0.015em">
            {t('login.title')}
          </Title>
          <Text c="dimmed" fz="sm">
            {t('login.text')}
          </Text>
        </div>
        <Paper className={classes.card}>
          <SignInForm onSignedIn={() => router.history.replace(safeNext(next))} />
        </Paper>
      </div>
    </main>
  )
}
