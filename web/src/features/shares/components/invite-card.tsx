import { Button, Stack, Text, TextInput } from '@mantine/core'
import { IconEye, IconKeyboard, IconLogin2 } from '@tabler/icons-react'
import { useState, type ReactNode, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { AppIcon } from '@/components/app-icon'
import { formatMoment, useLanguage } from '@/lib/format'

import type { Invitation } from '../api/shared'
import classes from './invite-card.module.css'

const OVER = ['used_up', 'expired', 'revoked', 'ended'] as const

/** What one will get, before anything is accepted. */
export function InviteCard({ invitation, children }: { invitation: Invitation; children: ReactNode }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const controls = invitation.permission === 'control'
  return (
    <Stack gap="lg">
      <div className={classes.what}>
        <AppIcon src={invitation.icon ?? ''} name={invitation.templateDisplayName ?? ''} size={52} />
        <div className={classes.words}>
          <Text fw={600}>{invitation.templateDisplayName}</Text>
          <Text fz="sm" c="dimmed">
            {t('invite.of', { owner: invitation.owner, organization: invitation.organization })}
          </Text>
        </div>
      </div>
      <div className={classes.may}>
        {controls ? <IconKeyboard size={18} aria-hidden /> : <IconEye size={18} aria-hidden />}
        <Text fz="sm">{controls ? t('invite.control') : t('invite.view')}</Text>
      </div>
      <Text fz="xs" c="dimmed">
        {t('invite.seen', { owner: invitation.owner })}{' '}
        {invitation.expiresAt && t('invite.until', { moment: formatMoment(invitation.expiresAt, language) })}
      </Text>
      {children}
    </Stack>
  )
}

/** Why a link does no more. */
export function InviteOver({ state }: { state: Invitation['state'] | 'unknown' }) {
  const { t } = useTranslation()
  const known = OVER.find((one) => one === state) ?? 'unknown'
  return (
    <Stack gap={6} role="alert">
      <Text fw={600}>{t(`invite.over.${known}.title`)}</Text>
      <Text fz="sm" c="dimmed">
        {t(`invite.over.${known}.text`)}
      </Text>
    </Stack>
  )
}

interface GuestProps {
  onJoin: (name: string) => void
  loading: boolean
  error: ReactNode
}

/** The way in without a login: a name for the others. */
export function GuestForm({ onJoin, loading, error }: GuestProps) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    onJoin(name.trim())
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t('invite.name')}
          description={t('invite.nameText')}
          required
          withAsterisk={false}
          maxLength={32}
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {error}
        <Button type="submit" loading={loading} disabled={name.trim() === ''}>
          {t('invite.join')}
        </Button>
      </Stack>
    </form>
  )
}

export function SignInButton({ onClick, secondary }: { onClick: () => void; secondary: boolean }) {
  const { t } = useTranslation()
  return (
    <Button
      fullWidth
      variant={secondary ? 'default' : 'filled'}
      leftSection={<IconLogin2 size={17} />}
      onClick={onClick}
    >
      {t('invite.signIn')}
    </Button>
  )
}
