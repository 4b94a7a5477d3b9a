import { Text, Title } from '@mantine/core'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'

import { accountSections } from '../account-sections'
import classes from './account.module.css'

/** One's own account: its sections at the side. */
export function AccountLayout() {
  const { t } = useTranslation()
  const sections = accountSections(useMe())
  const { pathname } = useLocation()
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    // In narrow windows the sections are a row that scrolls.
    nav.current
      ?.querySelector('[data-status="active"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [pathname])
  return (
    <>
      <Title order={1} fz={24} lts="-0.015em">
        {t('account.title')}
      </Title>
      <Text c="dimmed" fz="sm" mt={2} mb="lg">
        {t('account.text')}
      </Text>
      <div className={classes.layout}>
        <nav ref={nav} className={classes.nav} aria-label={t('account.title')}>
          {sections.map(({ to, name, icon: Icon }) => (
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
