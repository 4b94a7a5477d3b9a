import { Menu, UnstyledButton } from '@mantine/core'
import { IconArrowLeft, IconChevronDown } from '@tabler/icons-react'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { Logo } from '@/components/logo'

import { adminSections, type AdminSection } from '../admin-sections'
import { InsideMain } from '../boundaries'
import classes from './admin.module.css'
import { HeaderTools } from './header-tools'
import { LiveNotice } from './live-notice'

/** Administration: its pages at the side (in a menu where there is no room), the page beside them. */
export function AdminLayout() {
  const { t } = useTranslation()
  const sections = adminSections(useMe())
  const parts = [...new Set(sections.map((one) => one.part))]
  return (
    <div className={classes.layout}>
      <a className={classes.skip} href="#main">
        {t('nav.skip')}
      </a>
      <aside className={classes.side}>
        <Link to="/" className={classes.brand}>
          <Logo />
          <span>{t('nav.admin')}</span>
        </Link>
        <nav className={classes.nav} aria-label={t('nav.admin')}>
          {parts.map((part) => (
            <div key={part} className={classes.part}>
              {parts.length > 1 && <div className={classes.partName}>{t(`nav.${part}`)}</div>}
              {sections
                .filter((one) => one.part === part)
                .map(({ to, name, icon: Icon }) => (
                  <Link key={name} to={to} className={classes.link}>
                    <Icon size={18} stroke={1.7} aria-hidden />
                    {t(`nav.${name}`)}
                  </Link>
                ))}
            </div>
          ))}
        </nav>
        <SectionMenu sections={sections} />
        <Link to="/" className={`${classes.link ?? ''} ${classes.back ?? ''}`}>
          <IconArrowLeft size={18} stroke={1.7} aria-hidden />
          <span>{t('nav.leaveAdmin')}</span>
        </Link>
        <div className={classes.sideTools}>
          <HeaderTools />
        </div>
      </aside>
      <div className={classes.right}>
        <header className={classes.header}>
          <HeaderTools />
        </header>
        <LiveNotice />
        <main id="main" className={classes.main} tabIndex={-1}>
          <InsideMain value>
            <Outlet />
          </InsideMain>
        </main>
      </div>
    </div>
  )
}

/** The pages as a menu, for narrow windows. */
function SectionMenu({ sections }: { sections: AdminSection[] }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const current = sections.find((one) => pathname.startsWith(one.to))
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.menu}>
          <span className="visually-hidden">{t('nav.pages')}: </span>
          {current ? t(`nav.${current.name}`) : t('nav.admin')}
          <IconChevronDown size={15} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {sections.map(({ to, name, icon: Icon }) => (
          <Menu.Item
            key={name}
            leftSection={<Icon size={17} stroke={1.7} />}
            aria-current={current?.name === name ? 'page' : undefined}
            renderRoot={(props) => <Link to={to} {...props} />}
          >
            {t(`nav.${name}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconArrowLeft size={17} stroke={1.7} />}
          renderRoot={(props) => <Link to="/" {...props} />}
        >
          {t('nav.leaveAdmin')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
