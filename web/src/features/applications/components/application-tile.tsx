import { ActionIcon, Badge, Button, Loader, Text, UnstyledButton } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconLock, IconPackage } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import type { Template } from '@/api/types'
import { AppIcon } from '@/components/app-icon'
import { may } from '@/lib/authorization'

import classes from './application-tile.module.css'

const InstallDialog = lazy(() => import('./install-dialog'))

interface Props {
  template: Template
  onLaunch: () => void
  onOptions: () => void
  launching: boolean
  disabled: boolean
}

export function ApplicationTile(props: Props) {
  return props.template.available ? <LaunchTile {...props} /> : <UnavailableTile template={props.template} />
}

function LaunchTile({ template, onLaunch, onOptions, launching, disabled }: Props) {
  const { t } = useTranslation()
  return (
    <div className={classes.place}>
      <UnstyledButton
        className={classes.tile}
        onClick={onLaunch}
        disabled={disabled}
        data-launching={launching || undefined}
      >
        <AppIcon src={template.icon} name={template.displayName} size={44} />
        <span className={classes.text}>
          <span className={classes.name} title={template.displayName}>
            <span className={classes.nameText}>{template.displayName}</span>
            {template.featured && (
              <Badge component="span" size="xs" variant="light" tt="none" className={classes.featured}>
                {t('home.featured')}
              </Badge>
            )}
          </span>
          <Text
            component="span"
            className={classes.about}
            id={`about-${template.name}`}
            title={template.description}
          >
            {launching ? t('home.launching') : template.description || template.category}
          </Text>
        </span>
        {launching && <Loader size={18} className={classes.loader} />}
      </UnstyledButton>
      {!launching && (
        <ActionIcon
          className={classes.options}
          variant="subtle"
          color="gray"
          disabled={disabled}
          aria-label={t('home.options', { name: template.displayName })}
          onClick={onOptions}
        >
          <IconAdjustmentsHorizontal size={16} />
        </ActionIcon>
      )}
    </div>
  )
}

function UnavailableTile({ template }: { template: Template }) {
  const { t } = useTranslation()
  const me = useMe()
  const [installing, setInstalling] = useState(false)
  const reason = template.unavailableReason
  const canInstall = may(me, 'packages:install') && reason?.code === 'packages_missing'
  return (
    <div className={classes.tile} data-unavailable>
      <AppIcon src={template.icon} name={template.displayName} size={44} />
      <div className={classes.text}>
        <span className={classes.name}>
          <span className={classes.nameText} title={template.displayName}>
            {template.displayName}
          </span>
          <IconLock size={14} aria-label={t('home.unavailable')} />
        </span>
        <Text component="span" className={classes.about} title={reason?.message}>
          {reason?.message ?? t('home.unavailable')}
        </Text>
        {canInstall && (
          <Button
            mt={8}
            size="compact-sm"
            variant="default"
            leftSection={<IconPackage size={15} />}
            onClick={() => setInstalling(true)}
          >
            {t('install.button')}
          </Button>
        )}
      </div>
      {installing && (
        <Suspense>
          <InstallDialog template={template} onClose={() => setInstalling(false)} />
        </Suspense>
      )}
    </div>
  )
}
