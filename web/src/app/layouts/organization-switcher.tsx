import { Menu, Text, UnstyledButton } from '@mantine/core'
import { IconCheck, IconSelector } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'

import { useSwitch } from '../use-switch'
import classes from './organization-switcher.module.css'

/** Which of one's organisations one works in, for those who have several. */
export function OrganizationSwitcher() {
  const { t } = useTranslation()
  const me = useMe()
  if (me.organizations.length < 2) return null
  const name = me.organization.displayName
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton className={classes.button} aria-label={t('organization.switcher', { name })}>
          <span className={classes.name} title={name}>
            {name}
          </span>
          <IconSelector size={15} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        <OrganizationItems />
      </Menu.Dropdown>
    </Menu>
  )
}

/** The organisations as items of a menu; none where there is nothing to choose. */
export function OrganizationItems() {
  const { t } = useTranslation()
  const me = useMe()
  const { switchTo, isSwitching } = useSwitch()
  if (me.organizations.length < 2) return null
  return (
    <>
      <Menu.Label>{t('organization.label')}</Menu.Label>
      {me.organizations.map((one) => (
        <Menu.RadioItem
          key={one.id}
          value={one.id}
          checked={one.current}
          checkIcon={<IconCheck size={15} />}
          classNames={{ itemLabel: classes.label }}
          disabled={isSwitching}
          onChange={switchTo}
        >
          <Text fz="sm" truncate title={one.displayName}>
            {one.displayName}
          </Text>
          <Text fz="xs" c="dimmed">
            {t(`orgRole.${one.orgRole}`)}
          </Text>
        </Menu.RadioItem>
      ))}
    </>
  )
}
