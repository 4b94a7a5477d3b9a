import { Button, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Person } from '@/api/admin-types'
import { useMe } from '@/api/me'
import { useConfirm } from '@/components/confirm'
import { notifyDone, useNotifyError } from '@/components/notify'
import { Grow, Row, Rows, Section } from '@/components/section'

import { useDeletePerson } from '../api/people'
import { useResetMfa, useUnlock } from '../api/person'
import { PasswordDialog } from './password-dialog'

/** What an administrator does when somebody cannot get in, or must not any more. */
export function PersonSecurity({ person, onGone }: { person: Person; onGone: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const unlock = useUnlock(person.id)
  const resetMfa = useResetMfa(person.id)
  const remove = useDeletePerson()
  const [settingPassword, setSettingPassword] = useState(false)
  const name = person.fullName || person.username

  const askResetMfa = async () => {
    const yes = await confirm({
      title: t('people.resetMfaTitle', { name }),
      text: t('people.resetMfaText'),
      confirm: t('people.resetMfa'),
    })
    if (!yes) return
    resetMfa.mutate(undefined, {
      onSuccess: () => notifyDone(t('people.resetMfaDone')),
      onError: notifyError,
    })
  }
  const askRemove = async () => {
    const yes = await confirm({
      title: t('people.deleteTitle', { name }),
      text: t('people.deleteText'),
      confirm: t('people.delete'),
    })
    if (!yes) return
    remove.mutate(person.id, { onSuccess: onGone, onError: notifyError })
  }
  return (
    <>
      <Section title={t('people.security')} flush>
        <Rows>
          {person.locked && (
            <Line
              title={t('people.lockedTitle')}
              text={t('people.lockedText')}
              action={
                <Button
                  size="compact-sm"
                  loading={unlock.isPending}
                  onClick={() =>
                    unlock.mutate(undefined, {
                      onSuccess: () => notifyDone(t('people.unlocked')),
                      onError: notifyError,
                    })
                  }
                >
                  {t('people.unlock')}
                </Button>
              }
            />
          )}
          <Line
            title={t('people.password')}
            text={person.provider === 'local' ? t('people.setPasswordText') : t('people.noPasswordText')}
            action={
              person.provider === 'local' && (
                <Button size="compact-sm" variant="default" onClick={() => setSettingPassword(true)}>
                  {t('people.setPassword')}
                </Button>
              )
            }
          />
          <Line
            title={t('people.secondFactor')}
            text={t('people.secondFactorText')}
            action={
              <Button
                size="compact-sm"
                variant="default"
                loading={resetMfa.isPending}
                onClick={() => void askResetMfa()}
              >
                {t('people.resetMfa')}
              </Button>
            }
          />
          {person.id !== me.id && (
            <Line
              title={t('people.delete')}
              text={t('people.deleteHint')}
              action={
                <Button
                  size="compact-sm"
                  variant="default"
                  c="var(--ss-bad)"
                  loading={remove.isPending}
                  onClick={() => void askRemove()}
                >
                  {t('action.delete')}
                </Button>
              }
            />
          )}
        </Rows>
      </Section>
      {settingPassword && <PasswordDialog person={person} onClose={() => setSettingPassword(false)} />}
    </>
  )
}

function Line({ title, text, action }: { title: string; text: string; action: ReactNode }) {
  return (
    <Row>
      <Grow>
        <Text fz="sm" fw={500}>
          {title}
        </Text>
        <Text fz="xs" c="dimmed">
          {text}
        </Text>
      </Grow>
      {action}
    </Row>
  )
}
