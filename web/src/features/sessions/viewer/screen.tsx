import { Alert, Anchor, Button, Code, Group, Loader, Text } from '@mantine/core'
import { IconLock, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { missingForStreams } from '@/lib/stream-support'

import type { Door } from './door'
import { isInterrupted } from './machine'
import classes from './screen.module.css'
import { useEngine } from './use-engine'
import { useStream } from './use-stream'
import { Watermark } from './watermark'

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

/** What there is to see: one's own session, or one that is shared. */
export interface Watched {
  id: string
  templateDisplayName: string
}

/** What the picture tells those who draw over it. */
export interface ScreenParts {
  /** The engine's own panel, where it has one for this person. */
  controls: { opened: boolean; toggle: () => void } | null
  /** Whether the engine takes this person's keys. */
  mayControl: boolean
  connectionId: string | null
  focusFrame: () => void
}

interface Props {
  session: Watched
  door: Door
  /** Keys go nowhere: the picture is not focused by itself. */
  viewOnly?: boolean
  /** Instead of the picture, where this person may not see it. */
  denied: ReactNode
  /** Instead of the picture, where somebody ended the connection. */
  closed: (reconnect: () => void) => ReactNode
  children: (parts: ScreenParts) => ReactNode
}

/** The running application, full window. */
export function Screen({ session, door, viewOnly = false, denied, closed, children }: Props) {
  const { t } = useTranslation()
  const frame = useRef<HTMLIFrameElement>(null)
  const [loaded, setLoaded] = useState(0)
  const { stream, retry } = useStream(session.id, door, true)
  const interrupted = isInterrupted(stream)
  const engine = useEngine(frame, stream.url)
  const { say } = engine
  const toggleControls = useCallback(() => {
    say('toggleDashboard')
    frame.current?.focus()
  }, [say])
  const focusFrame = useCallback(() => {
    if (!viewOnly) frame.current?.focus()
  }, [viewOnly])

  useEffect(() => {
    if (stream.phase === 'live') focusFrame()
  }, [stream.phase, focusFrame])

  if (stream.phase === 'denied') return denied
  if (stream.phase === 'closed') return closed(retry)
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
          tabIndex={viewOnly ? -1 : undefined}
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
      {stream.watermark !== null && <Watermark name={stream.watermark} />}
      <SupportNotice />
      <Above
        render={children}
        controls={
          engine.answers && engine.mayControl ? { opened: engine.panelOpen, toggle: toggleControls } : null
        }
        mayControl={engine.mayControl}
        connectionId={stream.connectionId}
        focusFrame={focusFrame}
      />
    </main>
  )
}

function Above({ render, ...parts }: ScreenParts & { render: Props['children'] }) {
  return render(parts)
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
