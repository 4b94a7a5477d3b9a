import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Template } from '@/api/types'
import { Launcher } from '@/features/applications/components/launcher'
import { ContinueRow } from '@/features/sessions/components/continue-row'
import { sharedQuery } from '@/features/shares/api/shared'

import { withTexts } from '@/lib/i18n'

import { useLaunch } from '../use-launch'

const SharedList = lazy(
  withTexts(async () => ({
    default: (await import('@/features/shares/components/shared-list')).SharedList,
  })),
)
const LaunchDialog = lazy(
  withTexts(async () => ({
    default: (await import('@/features/sessions/components/launch-dialog')).LaunchDialog,
  })),
)
const RefusalDialog = lazy(withTexts(() => import('../refusal-dialog')))

export function HomePage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { launch, launching, refusal, forgetRefusal } = useLaunch()
  const [chosen, setChosen] = useState<Template | null>(null)
  const hasShared = (useQuery(sharedQuery()).data?.total ?? 0) > 0
  return (
    <Stack gap={36}>
      <title>StreamSpace</title>
      <h1 className="visually-hidden">{t('nav.home')}</h1>
      <ContinueRow />
      {hasShared && (
        <Suspense>
          <SharedList />
        </Suspense>
      )}
      <Launcher onLaunch={launch} onOptions={setChosen} launching={launching} />
      {chosen && (
        <Suspense>
          <LaunchDialog
            template={chosen}
            onClose={() => setChosen(null)}
            onStarted={(session) => void navigate({ to: '/sessions/$id', params: { id: session.id } })}
          />
        </Suspense>
      )}
      {refusal && (
        <Suspense>
          <RefusalDialog refusal={refusal} onClose={forgetRefusal} />
        </Suspense>
      )}
    </Stack>
  )
}
