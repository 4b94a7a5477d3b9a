import { useTranslation } from 'react-i18next'

import type { Person } from '@/api/admin-types'
import { Badge } from '@/components/state-badge'

export function PersonState({ person }: { person: Person }) {
  const { t } = useTranslation()
  if (!person.active) return <Badge tone="bad" text={t('people.deactivated')} />
  if (person.locked) return <Badge tone="warn" text={t('people.locked')} />
  return <Badge tone="ok" text={t('people.active')} />
}
