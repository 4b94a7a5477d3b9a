import { ActionIcon, Button, Skeleton, Text, Tooltip } from '@mantine/core'
import { IconLink, IconUserOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useNotifyError } from '@/components/notify'
import { PartError } from '@/components/part-error'
import { Avatar } from '@/components/person'
import { Grow, None, Row, Rows } from '@/components/section'
import { Badge } from '@/components/state-badge'
import { formatMoment, useLanguage } from '@/lib/format'

import { sharesQuery, useRevoke, type Share } from '../api/shares'

/** With whom a session is shared; what is over is folded away. */
export function ShareList({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const query = useQuery(sharesQuery(sessionId))
  if (query.isPending) return <Skeleton h={44} m="md" />
  if (!query.data) return <PartError error={query.error} />
  const open = query.data.shares.filter(isOpen)
  const over = query.data.shares.filter((share) => !isOpen(share))
  return (
    <>
      {open.length === 0 && <None>{t('share.none')}</None>}
      <Rows>
        {[...open, ...(all ? over : [])].map((share) => (
          <ShareRow key={share.id} share={share} />
        ))}
      </Rows>
      {over.length > 0 && !all && (
        <Button m="sm" size="compact-sm" variant="subtle" color="gray" onClick={() => setAll(true)}>
          {t('share.over', { count: over.length })}
        </Button>
      )}
    </>
  )
}

/** Whoever opened a link that is used up may still come back by it. */
function isOpen(share: Share): boolean {
  return share.state === 'active' || share.state === 'used_up'
}

function ShareRow({ share }: { share: Share }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const notifyError = useNotifyError()
  const revoke = useRevoke(share.sessionId)
  const name = share.username ?? t('share.link')
  const uses =
    share.kind === 'user'
      ? null
      : share.maxUses
        ? t('share.usedOf', { count: share.uses, max: share.maxUses })
        : t('share.used', { count: share.uses })
  return (
    <Row>
      {share.kind === 'user' ? <Avatar name={name} /> : <IconLink size={22} stroke={1.6} aria-hidden />}
      <Grow>
        <Text fz="sm" fw={500} truncate title={name}>
          {name}
        </Text>
        <Text fz="xs" c="dimmed">
          {t(`share.may.${share.permission}`)} ·{' '}
          {t('share.until', { moment: formatMoment(share.expiresAt, language) })}
          {uses && ` · ${uses}`}
        </Text>
      </Grow>
      {share.state !== 'active' && <Badge tone="quiet" text={t(`share.state.${share.state}`)} />}
      {isOpen(share) && (
        <Tooltip label={t('share.revoke')}>
          <ActionIcon
            variant="subtle"
            color="red"
            size="lg"
            loading={revoke.isPending}
            aria-label={t('share.revokeOf', { name })}
            onClick={() => revoke.mutate(share.id, { onError: notifyError })}
          >
            <IconUserOff size={18} />
          </ActionIcon>
        </Tooltip>
      )}
    </Row>
  )
}
