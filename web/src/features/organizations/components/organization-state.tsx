import { useTranslation } from 'react-i18next'

import { Badge } from '@/components/state-badge'

import type { Organization } from '../api/organizations'

const TONES = { active: 'ok', suspended: 'warn', deleted: 'bad' } as const

export function OrganizationState({ status }: { status: Organization['status'] }) {
  const { t } = useTranslation()
  return <Badge tone={TONES[status]} text={t(`organizations.status.${status}`)} />
}
