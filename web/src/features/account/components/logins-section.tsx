import { Button, Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { useConfirm } from '@/components/confirm'
import { LoginRow } from '@/components/login-row'
import { notifyDone, useNotifyError } from '@/components/notify'
import { Rows, Section } from '@/components/section'
import { ErrorState } from '@/components/states'

import { loginsQuery, useEndLogin, useEndOtherLogins } from '../api/logins'

/** Where somebody is signed in, with this one first. */
export function LoginsSection() {
  const { t } = useTranslation()
  const query = useQuery(loginsQuery())
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const endOthers = useEndOtherLogins()
  const end = useEndLogin()
  if (query.isPending) {
    return (
      <Stack gap="sm">
        <Skeleton h={64} radius="lg" />
        <Skeleton h={64} radius="lg" />
      </Stack>
    )
  }
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const logins = query.data.logins.toSorted(
    (a, b) => Number(b.current) - Number(a.current) || b.lastUsedAt.localeCompare(a.lastUsedAt),
  )
  const others = logins.filter((login) => !login.current).length
  const endAll = async () => {
    const yes = await confirm({
      title: t('account.logins.endOthersTitle'),
      text: t('account.logins.endOthersText', { count: others }),
      confirm: t('account.logins.endOthers'),
    })
    if (!yes) return
    endOthers.mutate(undefined, {
      onError: notifyError,
      onSuccess: () => notifyDone(t('account.logins.ended')),
    })
  }
  return (
    <Section
      flush
      title={t('account.logins.title')}
      text={t('account.logins.text')}
      actions={
        others > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            loading={endOthers.isPending}
            onClick={() => void endAll()}
          >
            {t('account.logins.endOthers')}
          </Button>
        )
      }
    >
      <Rows>
        {logins.map((login) => (
          <LoginRow
            key={login.id}
            login={login}
            ending={end.isPending && end.variables === login.id}
            onEnd={() => end.mutate(login.id, { onError: notifyError })}
          />
        ))}
      </Rows>
    </Section>
  )
}
