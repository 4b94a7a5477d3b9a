import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import { sessionPolicyQuery } from '@/api/policies'

/** Says what the policy forbids, and who. */
export function BorderNote({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation()
  const { data } = useQuery(sessionPolicyQuery(sessionId))
  if (!data) return null
  const closed = (['upload', 'download'] as const).filter((way) => data[way] === false)
  const first = closed[0]
  if (!first) return null
  const who = data.sources[first]
  const what = closed.length === 2 ? 'both' : first
  return (
    <Alert color="yellow" variant="default" icon={<IconLock size={18} />} title={t(`files.closed.${what}`)}>
      {who ? t(`files.closedBy.${who.kind}`, { name: who.name }) : null}
    </Alert>
  )
}
