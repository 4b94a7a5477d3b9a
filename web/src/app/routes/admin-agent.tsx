import { getRouteApi } from '@tanstack/react-router'

import { AgentView } from '@/features/agents/components/agent-view'

const route = getRouteApi('/signed-in/admin/agents/$id')

export function AdminAgentPage() {
  const { id } = route.useParams()
  const navigate = route.useNavigate()
  return <AgentView key={id} id={id} onGone={() => void navigate({ to: '/admin/agents' })} />
}
