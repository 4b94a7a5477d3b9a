import { Button, Progress, Text, Title } from '@mantine/core'
import { IconCheck, IconCircleDashed, IconPointFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import type { Session } from '@/api/types'
import { AppIcon } from '@/components/app-icon'
import { formatDuration, useLanguage } from '@/lib/format'
import { useNow } from '@/lib/now'

import { useSessionActions } from '../components/use-session-actions'
import { WaitText } from '../components/wait-text'
import { stepsOf, type Step } from './progress'
import { Stage } from './stage'
import classes from './starting.module.css'

/** What happens while a session starts or wakes, step by step with times. */
export function Starting({ session }: { session: Session }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const act = useSessionActions()
  const now = useNow(200)
  const steps = stepsOf(session.progress)
  const done = steps.filter((step) => step.status === 'done').length
  const beganAt = steps.find((step) => step.at !== null)?.at ?? Date.parse(session.createdAt)
  const name = session.templateDisplayName
  const title = session.state === 'waking' ? t('viewer.waking', { name }) : t('viewer.starting', { name })
  return (
    <Stage>
      <div className={classes.icon}>
        <AppIcon src={session.icon} name={name} size={72} />
      </div>
      <Title order={1} fz="xl" ta="center" lts="-0.01em">
        {title}
      </Title>
      <div className={classes.wait}>
        <WaitText session={session} />
      </div>
      <Progress
        className={classes.bar}
        value={(100 * (done + 0.5)) / steps.length}
        size="sm"
        radius="xl"
        aria-label={title}
        transitionDuration={300}
      />
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step.phase} className={classes.step} data-status={step.status}>
            <StepIcon status={step.status} />
            <span className={classes.label}>{t(`phase.${step.phase}`)}</span>
            <span className={classes.time}>{stepTime(step, now, language)}</span>
            {step.status === 'current' && step.message && (
              <span className={classes.message}>{step.message}</span>
            )}
          </li>
        ))}
      </ol>
      <Text fz="xs" c="dimmed" className="tabular">
        {t('viewer.elapsed', { time: formatDuration(now - beganAt, language) })}
      </Text>
      <Button variant="subtle" color="gray" onClick={() => void act([session], 'stop')}>
        {t('action.cancelStart')}
      </Button>
      <p className={classes.announce} role="status">
        {t(`phase.${steps.find((step) => step.status === 'current')?.phase ?? 'ready'}`)}
      </p>
    </Stage>
  )
}

function stepTime(step: Step, now: number, language: string): string {
  if (step.tookMs !== null) return formatDuration(step.tookMs, language)
  return step.status === 'current' && step.at !== null ? formatDuration(now - step.at, language) : ''
}

function StepIcon({ status }: { status: Step['status'] }) {
  if (status === 'done') return <IconCheck size={16} stroke={2.4} aria-hidden />
  if (status === 'current') return <IconPointFilled size={16} className={classes.pulse} aria-hidden />
  return <IconCircleDashed size={16} stroke={1.5} aria-hidden />
}
