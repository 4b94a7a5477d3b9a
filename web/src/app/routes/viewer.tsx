import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'

import { Viewer } from '@/features/sessions/viewer/viewer'

const route = getRouteApi('/signed-in/sessions/$id')

export function ViewerPage() {
  const { id } = route.useParams()
  const { log } = route.useSearch()
  const navigate = route.useNavigate()
  const onLogShown = useCallback(
    (shown: boolean) => void navigate({ search: { log: shown ? true : undefined }, replace: true }),
    [navigate],
  )
  return <Viewer key={id} id={id} logShown={log === true} onLogShown={onLogShown} />
}
