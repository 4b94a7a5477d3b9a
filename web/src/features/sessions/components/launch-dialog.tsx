import {
  Button,
  Collapse,
  Group,
  Modal,
  Select,
  Skeleton,
  Stack,
  Switch,
  TagsInput,
  Text,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

import type { Session, Template } from '@/api/types'
import { PartError } from '@/components/part-error'
import { Problem } from '@/components/problem'
import { UsageBar } from '@/components/usage-bar'
import { parseQuantity } from '@/lib/quantity'

import { limitsQuery, previewQuery, type Preview } from '../api/preview'
import { useStartSession, type StartWish } from '../api/start-session'
import { ANYWHERE, placementOf, type WantedPlace } from '../place'
import { quantitiesOf, sizesOf, type Sizes } from '../sizes'
import classes from './launch-dialog.module.css'
import { Outlook } from './outlook'
import { PlaceInputs } from './place-inputs'
import { ResourceInputs } from './resource-inputs'

const TIMES = ['30m', '1h', '4h', '8h', '24h'] as const

interface Props {
  template: Template
  onClose: () => void
  onStarted: (session: Session) => void
}

interface Choices {
  sizes: Sizes
  idleTimeout: string | null
  maxSessionDuration: string | null
  persistentHome: boolean
  tags: string[]
  place: WantedPlace
}

function wishOf(template: Template, chosen: Choices): StartWish {
  const placement = placementOf(chosen.place)
  return {
    template: template.name,
    resources: quantitiesOf(chosen.sizes),
    persistentHome: chosen.persistentHome,
    tags: chosen.tags,
    ...(chosen.idleTimeout && { idleTimeout: chosen.idleTimeout }),
    ...(chosen.maxSessionDuration && { maxSessionDuration: chosen.maxSessionDuration }),
    ...(placement && { placement }),
  }
}

/** How to start an application, and what would become of it if it were started now. */
export function LaunchDialog({ template, onClose, onStarted }: Props) {
  const { t } = useTranslation()
  const start = useStartSession()
  const [chosen, setChosen] = useState<Choices>(() => ({
    sizes: sizesOf(template.defaultResources),
    idleTimeout: null,
    maxSessionDuration: null,
    persistentHome: true,
    tags: [],
    place: ANYWHERE,
  }))
  const choose = (some: Partial<Choices>) => setChosen((before) => ({ ...before, ...some }))
  const [asked] = useDebouncedValue(chosen, 300)
  const preview = useQuery(previewQuery(wishOf(template, asked)))
  // An answer to an earlier question forbids nothing.
  const isRefused = asked === chosen && !preview.isPlaceholderData && preview.data?.possible === false
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isRefused && !start.isPending) start.mutate(wishOf(template, chosen), { onSuccess: onStarted })
  }
  return (
    <Modal opened onClose={onClose} title={t('launch.title', { name: template.displayName })} size="lg">
      <form onSubmit={submit}>
        <Stack gap="md">
          <ResourceInputs sizes={chosen.sizes} onChange={(sizes) => choose({ sizes })} />
          <Switch
            label={t('launch.home')}
            description={t('launch.homeText')}
            checked={chosen.persistentHome}
            onChange={(event) => choose({ persistentHome: event.currentTarget.checked })}
          />
          <More chosen={chosen} onChange={choose} places={preview.data?.places} />
          {preview.isPending && <Skeleton h={50} aria-label={t('loading')} />}
          {preview.isError && <PartError error={preview.error} />}
          {preview.data && !preview.isError && <Outlook preview={preview.data} />}
          <Limits />
          <Problem error={start.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={start.isPending} disabled={isRefused} data-autofocus>
              {t('launch.start')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface MoreProps {
  chosen: Choices
  onChange: (some: Partial<Choices>) => void
  places: Preview['places'] | undefined
}

/** What few people need: times, place, tags. */
function More({ chosen, onChange, places }: MoreProps) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const id = useId()
  const times = TIMES.map((time) => ({ value: time, label: t(`launch.time.${time}`) }))
  return (
    <div>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={
          <IconChevronDown size={15} className={classes.chevron} data-opened={opened || undefined} />
        }
        aria-expanded={opened}
        aria-controls={id}
        onClick={() => setOpened(!opened)}
      >
        {t('launch.more')}
      </Button>
      <Collapse expanded={opened} id={id}>
        <Stack gap="md" pt="sm">
          <Group grow align="flex-start">
            <Select
              label={t('launch.idle')}
              placeholder={t('launch.usual')}
              clearable
              data={times}
              value={chosen.idleTimeout}
              onChange={(idleTimeout) => onChange({ idleTimeout })}
            />
            <Select
              label={t('launch.longest')}
              placeholder={t('launch.usual')}
              clearable
              data={times}
              value={chosen.maxSessionDuration}
              onChange={(maxSessionDuration) => onChange({ maxSessionDuration })}
            />
          </Group>
          <PlaceInputs places={places} value={chosen.place} onChange={(place) => onChange({ place })} />
          <TagsInput
            label={t('launch.tags')}
            maxTags={20}
            maxLength={50}
            value={chosen.tags}
            onChange={(tags) => onChange({ tags })}
          />
        </Stack>
      </Collapse>
    </div>
  )
}

/** How much of one's limits is in use already. */
function Limits() {
  const { t } = useTranslation()
  const quota = useQuery(limitsQuery()).data
  if (!quota) return null
  const limited = [quota.maxSessions, quota.maxCpu, quota.maxMemory].some((max) => max != null)
  if (!limited) return null
  return (
    <Stack gap="xs">
      <Text fz="xs" c="dimmed">
        {t('launch.limits')}
      </Text>
      <UsageBar label={t('nav.sessions')} used={quota.usedSessions ?? 0} max={quota.maxSessions ?? null} />
      <UsageBar
        label={t('launch.cpu')}
        used={parseQuantity(quota.usedCpu) ?? 0}
        max={parseQuantity(quota.maxCpu)}
        format="cpu"
      />
      <UsageBar
        label={t('launch.memory')}
        used={parseQuantity(quota.usedMemory) ?? 0}
        max={parseQuantity(quota.maxMemory)}
        format="bytes"
      />
    </Stack>
  )
}
