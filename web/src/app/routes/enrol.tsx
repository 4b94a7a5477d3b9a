import { Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { refreshOnce } from '@/api/refresh'
import { Enrolment } from '@/features/account/components/enrolment'

import { Gate } from '../layouts/gate'
import { safeNext } from '../safe-next'
import { useLeave } from '../use-leave'

const route = getRouteApi('/enrol')

/** Nothing else works until somebody has the second factor that their organisation asks for. */
export function EnrolPage() {
  const { t } = useTranslation()
  const router = useRouter()
  const queryClient = useQueryClient()
  const leave = useLeave()
  const me = useMe()
  const { next } = route.useSearch()
  const finish = async () => {
    // The login that was only good for this page becomes a whole one.
    await refreshOnce(Date.now())
    queryClient.clear()
    router.history.replace(safeNext(next))
  }
  return (
    <Gate
      wide
      title={t('signIn.enrol.title')}
      head={
        <>
          <Title order={1} fz={22} lts="-0.015em">
            {t('signIn.enrol.title')}
          </Title>
          <Text c="dimmed" fz="sm" maw={420}>
            {t('signIn.enrol.text', { organization: me.organization.displayName })}
          </Text>
        </>
      }
    >
      <Enrolment onDone={() => void finish()} onLeave={leave} />
    </Gate>
  )
}
