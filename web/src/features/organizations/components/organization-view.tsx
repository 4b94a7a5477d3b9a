import { Alert } from '@mantine/core'
import { IconClock, IconPlayerPause } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { BackLink } from '@/components/back-link'
import { Columns, DetailHead, DetailSkeleton } from '@/components/detail'
import { Avatar } from '@/components/person'
import { PolicySection } from '@/components/policy-section'
import { QuotaSection } from '@/components/quota-section'
import { ErrorState } from '@/components/states'
import { may } from '@/lib/authorization'
import { formatMoment, useLanguage } from '@/lib/format'

import { organizationQuery, organizationQuotaQuery, useSetOrganizationQuota } from '../api/organizations'
import { OrganizationDanger } from './organization-danger'
import { OrganizationMembers } from './organization-members'
import { OrganizationSettings } from './organization-settings'
import { OrganizationState } from './organization-state'

/** Everything about one organisation. */
export function OrganizationView({ id }: { id: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const me = useMe()
  const query = useQuery(organizationQuery(id))
  const quota = useQuery(organizationQuotaQuery(id))
  const setQuota = useSetOrganizationQuota(id)
  const one = query.data
  const canManage = may(me, 'organizations:manage')
  return (
    <>
      {may(me, 'organizations:all') && <BackLink to="/admin/organizations" label={t('nav.organizations')} />}
      {query.isPending && <DetailSkeleton />}
      {!one && query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {one && (
        <>
          <DetailHead
            picture={<Avatar name={one.displayName} size={52} />}
            title={one.displayName}
            text={
              <>
                {one.name} · <OrganizationState status={one.status} />
              </>
            }
          />
          {one.status === 'suspended' && (
            <Alert color="yellow" icon={<IconPlayerPause size={18} />} mb="lg">
              {t('organizations.suspendedText')}
            </Alert>
          )}
          {one.status === 'deleted' && (
            <Alert color="red" icon={<IconClock size={18} />} mb="lg">
              {one.purgeAt
                ? t('organizations.deletedUntil', { until: formatMoment(one.purgeAt, language) })
                : t('organizations.deletedText')}
            </Alert>
          )}
          <Columns
            left={
              <>
                <OrganizationSettings key={one.updatedAt} organization={one} />
                <OrganizationMembers organization={one} canManage={canManage} />
              </>
            }
            right={
              <>
                <QuotaSection
                  name={one.displayName}
                  text={t('quotas.organizationText')}
                  query={quota}
                  set={setQuota}
                  canSet={may(me, 'quotas:govern')}
                />
                {may(me, 'policies:view') && (
                  <PolicySection
                    owner={{ kind: 'organization', id: one.id }}
                    name={one.displayName}
                    canSet={may(me, 'policies:manage')}
                  />
                )}
                {canManage && <OrganizationDanger organization={one} />}
              </>
            }
          />
        </>
      )}
    </>
  )
}
