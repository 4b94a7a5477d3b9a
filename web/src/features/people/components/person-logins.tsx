import { Button, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { Person } from '@/api/admin-types'
import { useConfirm } from '@/components/confirm'
import { LoginRow } from '@/components/login-row'
import { notifyDone, useNotifyError } from '@/components/notify'
import { PartError } from '@/components/part-error'
import { Rows, Section } from '@/components/section'

import { personLoginsQuery, useEndLogin, useEndLogins } from '../api/person'

/** Where somebody is signed in, and the way to end it: for those who manage people. */
export function PersonLogins({ person }: { person: Person }) {
  const { t } = useTranslation()
  const query = useQuery(personLoginsQuery(person.id))
  const end = useEndLogin(person.id)
  const endAll = useEndLogins(person.id)
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const logins = query.data?.logins ?? []
  const name = person.fullName || person.username
  const askEnd = async (loginId: string, device: string) => {
    const yes = await confirm({
      title: t('people.endOneTitle', { name, device }),
      text: t('people.endOneText'),
      confirm: t('account.logins.end'),
    })
    if (!yes) return
    end.mutate(loginId, { onSuccess: () => notifyDone(t('people.endedOne')), onError: notifyError })
  }
  const askEndAll = async () => {
    const yes = await confirm({
      title: t('people.endAllTitle', { name }),
      text: t('people.endAllText'),
      confirm: t('people.endAll'),
    })
    if (!yes) return
    endAll.mutate(undefined, { onSuccess: () => notifyDone(t('people.endedAll')), onError: notifyError })
  }
  return (
    <Section
      title={t('people.loginsOf', { count: logins.length })}
      actions={
        logins.length > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            loading={endAll.isPending}
            onClick={() => void askEndAll()}
          >
            {t('people.endAll')}
          </Button>
        )
      }
      flush={logins.length > 0}
    >
      {query.isPending && <Skeleton h={44} />}
      {query.isError && !query.data && <PartError error={query.error} />}
      {query.data && logins.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('people.noLogins')}
        </Text>
      )}
      {logins.length > 0 && (
        <Rows>
          {logins.map((login) => (
            <LoginRow
              key={login.id}
              login={login}
              ending={end.isPending && end.variables === login.id}
              onEnd={(device) => void askEnd(login.id, device)}
            />
          ))}
        </Rows>
      )}
    </Section>
  )
}
