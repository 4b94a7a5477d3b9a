import { Text, Title } from '@mantine/core'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { SignIn } from '@/features/sign-in/components/sign-in'
import { secondStepFromHash } from '@/features/sign-in/second-step'

import { Gate } from '../layouts/gate'
import { safeNext } from '../safe-next'

const route = getRouteApi('/login')

export function LoginPage() {
  const { t } = useTranslation()
  const router = useRouter()
  const { next, error } = route.useSearch()
  const [begun] = useState(() => secondStepFromHash(window.location.hash))
  useEffect(() => {
    // What completes a sign-in stays neither in the address bar nor in the history.
    if (begun) router.history.replace(window.location.pathname + window.location.search)
  }, [begun, router])
  return (
    <Gate
      title={t('signIn.title')}
      head={
        <>
          <Title order={1} fz={22} lts="-0.015em">
            {t('signIn.title')}
          </Title>
          <Text c="dimmed" fz="sm">
            {t('signIn.text')}
          </Text>
        </>
      }
    >
      <SignIn
        next={safeNext(next)}
        reason={error}
        begun={begun}
        onSignedIn={(answer) => {
          if (answer.mfaEnrolmentRequired)
            void router.navigate({ to: '/enrol', search: { next }, replace: true })
          else router.history.replace(safeNext(next))
        }}
      />
    </Gate>
  )
}
