import { Button } from '@mantine/core'
import { IconUserCheck, IconUserOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { BackLink } from '@/components/back-link'
import { Columns, DetailHead, DetailSkeleton } from '@/components/detail'
import { Avatar } from '@/components/person'
import { ErrorState } from '@/components/states'
import { may } from '@/lib/authorization'

import { personQuery } from '../api/people'
import { PersonState } from './person-badge'
import { PersonGroups } from './person-groups'
import { PersonLogins } from './person-logins'
import { PersonOrganizations } from './person-organizations'
import { PersonProfile } from './person-profile'
import { PersonQuota } from './person-quota'
import { PersonSecurity } from './person-security'
import { PersonSessions } from './person-sessions'
import { useActivation } from './use-activation'

/** Everything about one person. */
export function PersonView({ id, onGone }: { id: string; onGone: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const query = useQuery(personQuery(id))
  const activate = useActivation()
  const canManage = may(me, 'people:manage')
  const person = query.data
  return (
    <>
      <BackLink to="/admin/people" label={t('nav.people')} />
      {query.isPending && <DetailSkeleton />}
      {!person && query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {person && (
        <>
          <DetailHead
            picture={<Avatar name={person.fullName || person.username} size={52} />}
            title={person.fullName || person.username}
            text={
              <>
                {person.username} · <PersonState person={person} />
              </>
            }
            actions={
              canManage &&
              person.id !== me.id &&
              (person.active ? (
                <Button
                  variant="default"
                  leftSection={<IconUserOff size={16} />}
                  onClick={() => void activate([person], false)}
                >
                  {t('people.deactivate')}
                </Button>
              ) : (
                <Button
                  leftSection={<IconUserCheck size={16} />}
                  onClick={() => void activate([person], true)}
                >
                  {t('people.activate')}
                </Button>
              ))
            }
          />
          <Columns
            left={
              <>
                <PersonProfile key={person.updatedAt} person={person} canManage={canManage} />
                <PersonSessions person={person} />
                {canManage && <PersonLogins person={person} />}
              </>
            }
            right={
              <>
                <PersonQuota person={person} />
                <PersonOrganizations person={person} />
                <PersonGroups person={person} />
                {canManage && <PersonSecurity person={person} onGone={onGone} />}
              </>
            }
          />
        </>
      )}
    </>
  )
}
