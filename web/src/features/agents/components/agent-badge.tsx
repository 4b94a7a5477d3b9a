import {
  IconBox,
  IconBrandDocker,
  IconCloud,
  IconDeviceDesktop,
  IconHexagons,
  IconServer2,
  type TablerIcon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import type { Agent } from '@/api/types'
import { Badge } from '@/components/state-badge'

import { stateOf, TONES } from '../state'
import classes from './agent-badge.module.css'

const ICONS: Record<string, TablerIcon> = {
  process: IconBox,
  docker: IconBrandDocker,
  kubernetes: IconHexagons,
  vm: IconDeviceDesktop,
  cloud: IconCloud,
}

export function AgentIcon({ agent, size = 20 }: { agent: Agent; size?: number }) {
  const Icon = ICONS[agent.platform] ?? IconServer2
  return (
    <span className={classes.icon} aria-hidden>
      <Icon size={size} stroke={1.6} />
    </span>
  )
}

export function AgentBadge({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  const state = stateOf(agent)
  return <Badge tone={TONES[state]} text={t(`agents.states.${state}`)} />
}

/** Labels as `key=value`, as many as there is room for. */
export function Labels({ labels, most = 3 }: { labels: Record<string, string>; most?: number }) {
  const { t } = useTranslation()
  const all = Object.entries(labels)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([key, value]) => (value ? `${key}=${value}` : key))
  if (all.length === 0) return null
  return (
    <span className={classes.labels} title={all.join(', ')}>
      {all.slice(0, most).map((label) => (
        <span key={label} className={classes.label}>
          {label}
        </span>
      ))}
      {all.length > most && (
        <span className={classes.more}>{t('agents.moreLabels', { count: all.length - most })}</span>
      )}
    </span>
  )
}
