import { Stack } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'

import { Launcher } from '@/features/applications/components/launcher'
import { ContinueRow } from '@/features/sessions/components/continue-row'

import { withTexts } from '@/lib/i18n'

import { useLaunch } from '../use-launch'

const RefusalDialog = lazy(withTexts(() => import('../refusal-dialog')))

export function HomePage() {
  const { t } = useTranslation()
  const { launch, launching, refusal, forgetRefusal } = useLaunch()
  return (
    <Stack gap={36}>
      <title>StreamSpace</title>
      <h1 className="visually-hidden">{t('nav.home')}</h1>
      <ContinueRow />
      <Launcher onLaunch={launch} launching={launching} />
      {refusal && (
        <Suspense>
          <RefusalDialog refusal={refusal} onClose={forgetRefusal} />
        </Suspense>
      )}
    </Stack>
  )
}
