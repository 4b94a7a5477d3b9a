import { Button, Group, NumberInput, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { IconLink, IconUserPlus } from '@tabler/icons-react'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { notifyDone } from '@/components/notify'
import { Problem } from '@/components/problem'

import { useShare, type Invitee, type MadeShare, type Permission } from '../api/shares'
import { InviteePicker } from './invitee-picker'
import { MadeLink } from './made-link'

const LIVES = ['1h', '8h', '24h', '7d', '30d'] as const
type Life = (typeof LIVES)[number]

/** Lets somebody in: a person of the organisation, or whoever has a link. */
export function ShareForm({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation()
  const share = useShare(sessionId)
  const [kind, setKind] = useState<'user' | 'link'>('user')
  const [person, setPerson] = useState<Invitee | null>(null)
  const [permission, setPermission] = useState<Permission>('view')
  const [expiresIn, setExpiresIn] = useState<Life>('24h')
  const [uses, setUses] = useState<number | ''>('')
  const [made, setMade] = useState<MadeShare | null>(null)

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const wish = { permission, expiresIn }
    share.mutate(
      kind === 'user' && person
        ? { ...wish, userId: person.id }
        : { ...wish, ...(uses === '' ? {} : { maxUses: uses }) },
      {
        onSuccess: (result) => {
          setMade(result.url ? result : null)
          if (person && !result.url)
            notifyDone(t('share.invited', { name: person.fullName || person.username }))
          setPerson(null)
        },
      },
    )
  }
  if (made?.url) return <MadeLink share={made} onDone={() => setMade(null)} />
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <SegmentedControl
          fullWidth
          aria-label={t('share.with')}
          data={[
            { value: 'user', label: t('share.withPerson') },
            { value: 'link', label: t('share.withLink') },
          ]}
          value={kind}
          onChange={(value) => {
            setKind(value === 'link' ? 'link' : 'user')
            share.reset()
          }}
        />
        {kind === 'user' ? (
          <InviteePicker sessionId={sessionId} value={person} onChange={setPerson} />
        ) : (
          <Text fz="sm" c="dimmed">
            {t('share.linkText')}
          </Text>
        )}
        <Group grow align="flex-start" gap="sm">
          <Select
            label={t('share.permission')}
            allowDeselect={false}
            data={[
              { value: 'view', label: t('share.may.view') },
              { value: 'control', label: t('share.may.control') },
            ]}
            value={permission}
            onChange={(value) => setPermission(value === 'control' ? 'control' : 'view')}
          />
          <Select
            label={t('share.expires')}
            allowDeselect={false}
            data={LIVES.map((life) => ({ value: life, label: t(`share.life.${life}`) }))}
            value={expiresIn}
            onChange={(value) => setExpiresIn(LIVES.find((life) => life === value) ?? '24h')}
          />
        </Group>
        {kind === 'link' && (
          <NumberInput
            label={t('share.uses')}
            placeholder={t('share.usesAny')}
            min={1}
            max={1000}
            allowDecimal={false}
            value={uses}
            onChange={(value) => setUses(value === '' ? '' : Number(value))}
          />
        )}
        <Problem error={share.error} />
        <Button
          type="submit"
          loading={share.isPending}
          disabled={kind === 'user' && person === null}
          leftSection={kind === 'user' ? <IconUserPlus size={17} /> : <IconLink size={17} />}
        >
          {kind === 'user' ? t('share.invite') : t('share.makeLink')}
        </Button>
      </Stack>
    </form>
  )
}
