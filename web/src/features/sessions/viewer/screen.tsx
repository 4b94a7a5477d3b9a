import { Alert, Anchor, Button, Code, Group, Loader, Text } from '@mantine/core'
import { IconLock, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Session } from '@/api/types'
import { missingForStreams } from '@/lib/stream-support'

import { isInterrupted } from './machine'
import classes from './screen.module.css'
import { Denied } from './resting'
import { Toolbar } from './toolbar'
import { useEngine } from './use-engine'
import { useStream } from './use-stream'

const ALLOW = [
  'autoplay',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'fullscreen',
  'gamepad',
  'keyboard-map',
  'microphone',
  'screen-wake-lock',
].join('; ')

/** What is streamed is not trusted: it may not send the whole page elsewhere. */
const SANDBOX = [
  'allow-downloads',
  'allow-forms',
  'allow-modals',
  'allow-pointer-lock',
  'allow-popups',
  'allow-same-origin',
  'allow-scripts',
].join(' ')

/** The running application, full window. */
export function Screen({ session, onShowLog }: { session: Session; onShowLog: () => void }) {
  const { t } = useTranslation()
  const frame = useRef<HTMLIFrameElement>(null)
  const [loaded, setLoaded] = useState(0)
  const { stream, retry } = useStream(session.id, true)
  const interrupted = isInterrupted(stream)
  const engine = useEngine(frame, stream.url)
  const { say } = engine
  const toggleControls = useCallback(() => {
    say('toggleDashboard')
    frame.current?.focus()
  }, [say])
  const focusFrame = useCallback(() => frame.current?.focus(), [])

  useEffect(() => {
    if (stream.phase === 'live') focusFrame()
  }, [stream.phase, focusFrame])

  if (stream.phase === 'denied') return <Denied session={session} onShowLog={onShowLog} />
  return (
    <main className={classes.screen}>
      {stream.url !== null && (
        <iframe
          key={stream.generation}
          ref={frame}
          className={classes.frame}
          data-interrupted={interrupted || undefined}
          src={stream.url}
          title={session.templateDisplayName}
          allow={ALLOW}
          sandbox={SANDBOX}
          referrerPolicy="no-referrer"
          onLoad={() => {
            setLoaded(stream.generation)
            say('hello')
            focusFrame()
          }}
        />
      )}
      {!interrupted && loaded !== stream.generation && <Opening />}
      {!interrupted && stream.url === null && stream.phase === 'connecting' && loaded === 0 && <Opening />}
      {interrupted && (
        <div className={classes.overlay} role="alert">
          <div className={classes.notice}>
            <IconPlugConnectedX size={26} stroke={1.6} aria-hidden />
            <Text fw={600}>{t('viewer.lost')}</Text>
            <Group gap={8} wrap="nowrap">
              <Loader size={14} color="gray" aria-hidden />
              <Text fz="sm" c="dimmed">
                {t('viewer.reconnecting', { count: stream.attempt })}
              </Text>
            </Group>
            <Button
              mt={6}
              size="compact-sm"
              variant="default"
              leftSection={<IconRefresh size={15} />}
              disabled={stream.phase !== 'broken'}
              onClick={retry}
            >
              {t('viewer.reconnectNow')}
            </Button>
          </div>
        </div>
      )}
      <SupportNotice />
      <Toolbar
        session={session}
        controls={
          engine.answers && engine.mayControl ? { opened: engine.panelOpen, toggle: toggleControls } : null
        }
        onShowLog={onShowLog}
        onLeave={focusFrame}
      />
    </main>
  )
}

function Opening() {
  const { t } = useTranslation()
  return (
    <div className={classes.opening} role="status">
      <Loader size={18} color="gray" aria-hidden />
      {t('viewer.opening')}
    </div>
  )
}

/** Browsers decode video for pages on TLS or on this machine only. */
function SupportNotice() {
  const { t } = useTranslation()
  const [closed, setClosed] = useState(false)
  const missing = missingForStreams()
  if (missing === null || closed) return null
  const secure = window.location.href.replace(/^http:/, 'https:')
  return (
    <Alert
      className={classes.support}
      color="yellow"
      variant="default"
      icon={<IconLock size={18} />}
      title={missing === 'insecure' ? t('viewer.insecure') : t('viewer.noCodec')}
      withCloseButton
      closeButtonLabel={t('action.close')}
      onClose={() => setClosed(true)}
    >
      {missing === 'insecure' ? (
        <>
          {t('viewer.insecureText')} <Code>./dev up --tls</Code>
          <br />
          <Anchor href={secure} fz="sm">
            {t('viewer.trySecure')}
          </Anchor>
        </>
      ) : (
        t('viewer.noCodecText')
      )}
    </Alert>
  )
}
