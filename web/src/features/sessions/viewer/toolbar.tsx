import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useFullscreenDocument, useOs } from '@mantine/hooks'
import {
  IconAdjustmentsHorizontal,
  IconArrowLeft,
  IconInfoCircle,
  IconMaximize,
  IconMinimize,
  IconMoon,
  IconMoonStars,
  IconPlayerStop,
  IconSun,
  type TablerIcon,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Session } from '@/api/types'
import { AppIcon } from '@/components/app-icon'

import { useSessionActions } from '../components/use-session-actions'
import type { ViewerPanel } from './panels'
import type { ScreenParts, Watched } from './screen'
import classes from './toolbar.module.css'

const HIDE_MS = 1400
const FIRST_SHOWN_MS = 3500

/** The bar at the top edge. It hides by itself; the handle, the edge or the keyboard bring it back. */
export function Bar({
  session,
  controls,
  onLeave,
  children,
}: {
  session: Watched & { icon: string }
  controls: ScreenParts['controls']
  onLeave: () => void
  children: (hide: () => void) => ReactNode
}) {
  const { t } = useTranslation()
  const { opened, show, hideLater, hide } = useAutoHide(onLeave)
  const { fullscreen, toggle } = useFullscreenDocument()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme()
  const os = useOs()

  return (
    <div
      className={classes.edge}
      data-opened={opened || undefined}
      onPointerEnter={show}
      onPointerLeave={hideLater}
      onFocus={show}
      onBlur={hideLater}
    >
      <div className={classes.bar} role="toolbar" aria-label={t('viewer.toolbar')} inert={!opened}>
        <Tool
          icon={IconArrowLeft}
          label={t('nav.home')}
          renderRoot={(props: object) => <Link to="/" {...props} />}
        />
        <span className={classes.name}>
          <AppIcon src={session.icon} name={session.templateDisplayName} size={20} />
          <span className={classes.nameText}>{session.templateDisplayName}</span>
        </span>
        {/* iPhones have no full screen for pages. */}
        {os !== 'ios' && (
          <Tool
            icon={fullscreen ? IconMinimize : IconMaximize}
            label={fullscreen ? t('viewer.leaveFullscreen') : t('viewer.fullscreen')}
            onClick={() => {
              void toggle()
              hide()
            }}
          />
        )}
        {controls && (
          <Tool
            icon={IconAdjustmentsHorizontal}
            label={controls.opened ? t('viewer.hideControls') : t('viewer.controls')}
            onClick={() => {
              controls.toggle()
              hide()
            }}
          />
        )}
        <Tool
          icon={scheme === 'dark' ? IconSun : IconMoon}
          label={scheme === 'dark' ? t('theme.toLight') : t('theme.toDark')}
          onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
        />
        {children(hide)}
      </div>
      <button
        type="button"
        className={classes.handle}
        aria-expanded={opened}
        aria-label={opened ? t('viewer.hideToolbar') : t('viewer.showToolbar')}
        onClick={opened ? hide : show}
      >
        <span className={classes.grip} />
      </button>
    </div>
  )
}

/** The bar of one's own session. */
export function Toolbar({
  session,
  parts,
  panels,
  onPanel,
}: {
  session: Session
  parts: ScreenParts
  panels: readonly ViewerPanel[]
  onPanel: (key: string) => void
}) {
  const { t } = useTranslation()
  const act = useSessionActions()
  return (
    <Bar session={session} controls={parts.controls} onLeave={parts.focusFrame}>
      {(hide) => (
        <>
          {panels.map(({ key, icon, label }) => (
            <Tool
              key={key}
              icon={icon}
              label={label}
              onClick={() => {
                onPanel(key)
                hide()
              }}
            />
          ))}
          <Tool
            icon={IconInfoCircle}
            label={t('action.details')}
            renderRoot={(props: object) => (
              <Link to="/sessions/$id/details" params={{ id: session.id }} {...props} />
            )}
          />
          <span className={classes.gap} aria-hidden />
          <Tool
            icon={IconMoonStars}
            label={t('action.hibernate')}
            onClick={() => void act([session], 'hibernate')}
          />
          <Tool
            icon={IconPlayerStop}
            label={t('action.stop')}
            danger
            onClick={() => void act([session], 'stop')}
          />
        </>
      )}
    </Bar>
  )
}

export function Tool({
  icon: Icon,
  label,
  danger = false,
  ...rest
}: {
  icon: TablerIcon
  label: string
  danger?: boolean
  onClick?: () => void
  renderRoot?: (props: object) => ReactNode
}) {
  return (
    <Tooltip label={label} position="bottom" zIndex={60}>
      <ActionIcon
        className={classes.tool}
        data-danger={danger || undefined}
        variant="transparent"
        size={36}
        aria-label={label}
        {...rest}
      >
        <Icon size={18} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  )
}

function useAutoHide(onLeave: () => void) {
  const [opened, setOpened] = useState(true)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const after = useCallback((ms: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setOpened(false), ms)
  }, [])
  useEffect(() => {
    after(FIRST_SHOWN_MS)
    return () => clearTimeout(timer.current)
  }, [after])
  const show = useCallback(() => {
    clearTimeout(timer.current)
    setOpened(true)
  }, [])
  const hide = useCallback(() => {
    clearTimeout(timer.current)
    setOpened(false)
    onLeave()
  }, [onLeave])
  const hideLater = useCallback(() => after(HIDE_MS), [after])
  return { opened, show, hide, hideLater }
}
