import { Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toApiError } from '@/api/errors'
import { meQuery } from '@/api/me'
import type { User } from '@/api/types'
import { Problem } from '@/components/problem'
import { ErrorState } from '@/components/states'
import {
  invitationQuery,
  joinAsGuest,
  redeem,
  type GuestPass,
  type Invitation,
} from '@/features/shares/api/shared'
import { GuestForm, InviteCard, InviteOver, SignInButton } from '@/features/shares/components/invite-card'
import { keptToken, tokenFromHash } from '@/features/shares/invitation-token'

import { GuestViewer } from '../guest-viewer'
import { Gate } from '../layouts/gate'
import { useSwitch } from '../use-switch'

/** Where a sharing link leads: what one will get, then the way in. */
export function InvitePage() {
  const { t } = useTranslation()
  const router = useRouter()
  const [token] = useState(() => tokenFromHash(window.location.hash) ?? keptToken.get() ?? '')
  const [pass, setPass] = useState<GuestPass | null>(null)
  const invitation = useQuery({ ...invitationQuery(token), enabled: token !== '' })
  // Nobody is sent to sign in by this: who has no login may be a guest.
  const me = useQuery({ ...meQuery(), retry: false })

  useEffect(() => {
    if (token === '') return
    keptToken.keep(token)
    // The secret stays neither in the address bar nor in the history.
    if (window.location.hash !== '') router.history.replace(window.location.pathname)
  }, [token, router])

  const comeAgain = () => {
    setPass(null)
    void invitation.refetch()
  }
  if (pass?.sessionUrl && invitation.data) {
    return <GuestViewer pass={pass} invitation={invitation.data} onAgain={comeAgain} />
  }
  return (
    <Gate
      title={t('invite.title')}
      head={
        <Title order={1} fz={22} lts="-0.015em">
          {t('invite.title')}
        </Title>
      }
    >
      {token === '' && <InviteOver state="unknown" />}
      {token !== '' && (invitation.isPending || me.isPending) && <Skeleton h={190} />}
      {invitation.isError &&
        (toApiError(invitation.error).status === 404 ? (
          <InviteOver state="unknown" />
        ) : (
          <ErrorState error={invitation.error} onRetry={() => void invitation.refetch()} />
        ))}
      {invitation.data && !me.isPending && (
        <Found invitation={invitation.data} token={token} me={me.data ?? null} onPass={setPass} />
      )}
    </Gate>
  )
}

interface FoundProps {
  invitation: Invitation
  token: string
  me: User | null
  onPass: (pass: GuestPass) => void
}

function Found({ invitation, token, me, onPass }: FoundProps) {
  const navigate = useNavigate()
  if (invitation.state !== 'active' && !(invitation.state === 'used_up' && me)) {
    return <InviteOver state={invitation.state} />
  }
  return (
    <InviteCard invitation={invitation}>
      {me ? (
        <SignedIn invitation={invitation} token={token} me={me} />
      ) : (
        <Stack gap="lg">
          {invitation.guests && <AsGuest token={token} onPass={onPass} />}
          <SignInButton
            secondary={Boolean(invitation.guests)}
            onClick={() => void navigate({ to: '/login', search: { next: '/invite' } })}
          />
        </Stack>
      )}
    </InviteCard>
  )
}

function SignedIn({ invitation, token, me }: { invitation: Invitation; token: string; me: User }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const isMine = invitation.owner === me.username
  const open = useMutation({
    mutationFn: () => redeem(token),
    onSuccess: (session) => {
      keptToken.forget()
      void navigate(
        isMine
          ? { to: '/sessions/$id', params: { id: session.id }, replace: true }
          : { to: '/shared/$id', params: { id: session.id }, replace: true },
      )
    },
  })
  if (invitation.orgId !== me.orgId) {
    return <Elsewhere invitation={invitation} me={me} />
  }
  if (open.isError && invitation.state === 'used_up') return <InviteOver state="used_up" />
  return (
    <Stack gap="sm">
      <Problem error={open.error} />
      <Text fz="xs" c="dimmed">
        {t('invite.as', { name: me.fullName || me.username })}
      </Text>
      <Button loading={open.isPending} onClick={() => open.mutate()} data-autofocus>
        {t('invite.open')}
      </Button>
    </Stack>
  )
}

/** The link is for another organisation than the one that this person works in now. */
function Elsewhere({ invitation, me }: { invitation: Invitation; me: User }) {
  const { t } = useTranslation()
  const { switchTo, isSwitching } = useSwitch({ stay: true })
  const { organization } = invitation
  const there = me.organizations.find((one) => one.id === invitation.orgId)
  if (!there) {
    return (
      <Text fz="sm" role="alert">
        {t('invite.foreign', { organization })}
      </Text>
    )
  }
  return (
    <Stack gap="sm">
      <Text fz="sm" role="alert">
        {t('invite.switch', { organization, here: me.organization.displayName })}
      </Text>
      <Button loading={isSwitching} onClick={() => switchTo(there.id)} data-autofocus>
        {t('invite.switchTo', { organization })}
      </Button>
    </Stack>
  )
}

function AsGuest({ token, onPass }: { token: string; onPass: (pass: GuestPass) => void }) {
  const { t } = useTranslation()
  const join = useMutation({
    mutationFn: (name: string) => joinAsGuest(token, name),
    onSuccess: (pass) => {
      if (pass.sessionUrl) onPass(pass)
    },
  })
  return (
    <GuestForm
      onJoin={(name) => join.mutate(name)}
      loading={join.isPending}
      error={
        <>
          <Problem error={join.error} />
          {join.data && !join.data.sessionUrl && (
            <Text fz="sm" role="status">
              {t('invite.notRunning')}
            </Text>
          )}
        </>
      }
    />
  )
}
