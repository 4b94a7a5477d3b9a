import { Link, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { Logo } from '@/components/logo'
import { may } from '@/lib/authorization'

import { InsideMain } from '../boundaries'
import { HeaderTools } from './header-tools'
import { LiveNotice } from './live-notice'
import classes from './shell.module.css'

export function Shell() {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <>
      <a className={classes.skip} href="#main">
        {t('nav.skip')}
      </a>
      <header className={classes.header}>
        <div className={classes.inner}>
          <Link to="/" className={classes.brand} aria-label="StreamSpace">
            <Logo />
            <span className={classes.word}>StreamSpace</span>
          </Link>
          <nav className={classes.nav} aria-label={t('nav.main')}>
            <Link to="/" className={classes.link} activeOptions={{ exact: true }}>
              {t('nav.home')}
            </Link>
            <Link to="/sessions" className={classes.link}>
              {t('nav.sessions')}
            </Link>
            {may(me, 'admin:open') && (
              <Link to="/admin" className={classes.link}>
                {t('nav.admin')}
              </Link>
            )}
          </nav>
          <HeaderTools />
        </div>
      </header>
      <LiveNotice />
      <main id="main" className={classes.main} tabIndex={-1}>
        <InsideMain value>
          <Outlet />
        </InsideMain>
      </main>
    </>
  )
}
