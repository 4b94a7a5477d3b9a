import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { Person } from '@/api/admin-types'
import { useMe } from '@/api/me'
import { QuotaSection } from '@/components/quota-section'
import { may } from '@/lib/authorization'

import { personQuotaQuery, useSetPersonQuota } from '../api/person'

export function PersonQuota({ person }: { person: Person }) {
  const { t } = useTranslation()
  return (
    <QuotaSection
      name={person.fullName || person.username}
      text={t('quotas.personText')}
      query={useQuery(personQuotaQuery(person.id))}
      set={useSetPersonQuota(person.id)}
      canSet={may(useMe(), 'quotas:manage')}
    />
  )
}
