import { getRouteApi } from '@tanstack/react-router'

import { SessionPage } from '@/features/sessions/page/session-page'

import { ShareButton, SharesSection } from '../session-sharing'

const route = getRouteApi('/signed-in/shell/sessions/$id/details')

export function SessionDetailsPage() {
  const { id } = route.useParams()
  return (
    <SessionPage
      key={id}
      id={id}
      sharing={(session) => ({
        button: <ShareButton session={session} />,
        section: <SharesSection session={session} />,
      })}
    />
  )
}
