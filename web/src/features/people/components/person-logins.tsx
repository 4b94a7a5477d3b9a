import { Button, Skeleton, Text, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { Person } from '@/api/admin-types'
import { useConfirm } from '@/components/confirm'
import { notifyDone, useNotifyError } from '@/components/notify'
import { PartError } from '@/components/part-error'
import { Grow, Row, Rows, Section } from '@/components/section'
import { TimeAgo } from '@/components/time-ago'
import { describeUserAgent } from '@/lib/user-agent'

import { personLoginsQuery, useEndLogins } from '../api/person'

const METHODS = ['password', 'passkey', 'oidc', 'saml'] as const

/** Where somebody is signed in. */
export function PersonLogins({ person, canManage }: { person: Person; canManage: boolean }) {
  const { t } = useTranslation()
  const query = useQuery(personLoginsQuery(person.id))
  const end = useEndLogins(person.id)
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const logins = query.data?.logins ?? []
  const describeMethod = (method: string) => {
    const [first, factor] = method.split('+')
    const known = METHODS.find((one) => one === first)
    return [known && t(`account.logins.method.${known}`), factor && t('account.logins.method.mfa')]
  }
  const endAll = async () => {
    const yes = await confirm({
      title: t('people.endAllTitle', { name: person.fullName || person.username }),
      text: t('people.endAllText'),
      confirm: t('people.endAll'),
    })
    if (!yes) return
    end.mutate(undefined, { onSuccess: () => notifyDone(t('people.endedAll')), onError: notifyError })
  }
  return (
    <Section
      title={t('people.loginsOf', { count: logins.length })}
      actions={
        canManage &&
        logins.length > 0 && (
          <Button size="compact-sm" variant="default" onClick={() => void endAll()}>
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
            <Row key={login.id}>
              <Grow>
                <Tooltip label={login.userAgent} disabled={!login.userAgent} multiline maw={360}>
                  <Text fz="sm" fw={500} truncate>
                    {describeUserAgent(login.userAgent) || t('people.unknownDevice')}
                  </Text>
                </Tooltip>
                <Text fz="xs" c="dimmed" truncate>
                  {[login.ip, ...describeMethod(login.method)].filter(Boolean).join(' · ')} ·{' '}
                  <TimeAgo at={login.lastUsedAt} />
                </Text>
              </Grow>
            </Row>
          ))}
        </Rows>
      )}
    </Section>
  )
}
