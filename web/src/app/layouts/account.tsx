import { Text, Title } from '@mantine/core'
import {
  IconChartBar,
  IconDevices,
  IconKey,
  IconShieldLock,
  IconUser,
  IconUsersGroup,
} from '@tabler/icons-react'
import { Link, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import classes from './account.module.css'

const SECTIONS = [
  { to: '/account/profile', name: 'profile', icon: IconUser },
  { to: '/account/security', name: 'security', icon: IconShieldLock },
  { to: '/account/sign-ins', name: 'signIns', icon: IconDevices },
  { to: '/account/keys', name: 'keys', icon: IconKey },
  { to: '/account/usage', name: 'usage', icon: IconChartBar },
  { to: '/account/groups', name: 'groups', icon: IconUsersGroup },
] as const

/** One's own account: its sections at the side. */
export function AccountLayout() {
  const { t } = useTranslation()
  return (
    <>
      <Title order={1} fz={24} lts="-0.015em">
        {t('account.title')}
      </Title>
      <Text c="dimmed" fz="sm" mt={2} mb="lg">
        {t('account.text')}
      </Text>
      <div className={classes.layout}>
        <nav className={classes.nav} aria-label={t('account.title')}>
          {SECTIONS.map(({ to, name, icon: Icon }) => (
            <Link key={to} to={to} className={classes.link}>
              <Icon size={18} stroke={1.7} aria-hidden />
              {t(`account.nav.${name}`)}
            </Link>
          ))}
        </nav>
        <div className={classes.content}>
          <Outlet />
        </div>
      </div>
    </>
  )
}
