import {
  IconBrandGithub,
  IconBrandGitlab,
  IconBrandGoogle,
  IconBrandWindows,
  IconFingerprint,
  type TablerIcon,
} from '@tabler/icons-react'

import classes from './providers.module.css'

const ICONS: Record<string, TablerIcon> = {
  google: IconBrandGoogle,
  github: IconBrandGithub,
  gitlab: IconBrandGitlab,
  entra: IconBrandWindows,
}

export function ProviderIcon({ preset }: { preset: string }) {
  const Icon = ICONS[preset] ?? IconFingerprint
  return (
    <span className={classes.icon} aria-hidden>
      <Icon size={22} stroke={1.6} />
    </span>
  )
}
