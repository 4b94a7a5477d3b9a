import { Skeleton } from '@mantine/core'
import { IconFolder, IconShare, IconShieldHalf } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { SessionPolicy } from '@/features/policies/components/session-policy'
import type { ViewerPanel } from '@/features/sessions/viewer/panels'
import { Viewer } from '@/features/sessions/viewer/viewer'
import { withTexts } from '@/lib/i18n'

import { SharePanel } from '../session-sharing'

const FilesPanel = lazy(withTexts(() => import('@/features/files/components/files-panel')))

const route = getRouteApi('/signed-in/sessions/$id')

export function ViewerPage() {
  const { id } = route.useParams()
  const { log } = route.useSearch()
  const navigate = route.useNavigate()
  const panels = usePanels()
  const [panel, setPanel] = useState<string>()
  const onLogShown = useCallback(
    (shown: boolean) => void navigate({ search: { log: shown ? true : undefined }, replace: true }),
    [navigate],
  )
  return (
    <Viewer
      key={id}
      id={id}
      logShown={log === true}
      onLogShown={onLogShown}
      panels={panels}
      panel={panel}
      onPanel={setPanel}
    />
  )
}

/** What opens beside the picture, in the order of its toolbar. */
function usePanels(): ViewerPanel[] {
  const { t } = useTranslation()
  return [
    {
      key: 'files',
      icon: IconFolder,
      label: t('viewer.files'),
      render: (session) => (
        <Suspense fallback={<Skeleton h={200} />}>
          <FilesPanel sessionId={session.id} />
        </Suspense>
      ),
    },
    {
      key: 'share',
      icon: IconShare,
      label: t('share.share'),
      render: (session, connectionId) => <SharePanel session={session} connectionId={connectionId} />,
    },
    {
      key: 'policy',
      icon: IconShieldHalf,
      label: t('policies.title'),
      render: (session) => <SessionPolicy sessionId={session.id} />,
    },
  ]
}
