import { IconArrowLeft, IconServer2, IconStack2 } from '@tabler/icons-react'
import { Link, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { Logo } from '@/components/logo'

import classes from './admin.module.css'
import { HeaderTools } from './header-tools'
import { LiveNotice } from './live-notice'

/** Administration: its pages at the side, the page beside them. */
export function AdminLayout() {
  const { t } = useTranslation()
  return (
    <div className={classes.layout}>
      <aside className={classes.side}>
        <Link to="/" className={classes.brand}>
          <Logo />
          <span>{t('nav.admin')}</span>
        </Link>
        <nav className={classes.nav} aria-label={t('nav.admin')}>
          <Link to="/admin/agents" className={classes.link}>
            <IconServer2 size={18} stroke={1.7} aria-hidden />
            {t('nav.agents')}
          </Link>
          <Link to="/admin/sessions" className={classes.link}>
            <IconStack2 size={18} stroke={1.7} aria-hidden />
            {t('nav.sessions')}
          </Link>
        </nav>
        <Link to="/" className={`${classes.link} ${classes.back}`}>
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
        <main id="main" className={classes.main}>
          <Outlet />
        </main>
      </div>
    </div>
  )
}
