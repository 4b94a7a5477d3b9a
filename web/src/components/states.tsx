import { Button, Code, Group, Stack, Text, Title } from '@mantine/core'
import { IconAlertCircle, IconRefresh, type TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { toApiError } from '@/api/errors'

import { useErrorText } from './error-text'
import classes from './states.module.css'

/** Nothing here: what this is and how to start. */
export function EmptyState({
  icon: Icon,
  title,
  text,
  action,
  level = 2,
}: {
  icon: TablerIcon
  title: string
  text: string
  action?: ReactNode
  /** 1 where nothing else on the page has a heading. */
  level?: 1 | 2
}) {
  return (
    <Stack className={classes.box} align="center" gap="xs">
      <span className={classes.icon} aria-hidden>
        <Icon size={24} stroke={1.6} />
      </span>
      <Title order={level} fz="md">
        {title}
      </Title>
      <Text c="dimmed" fz="sm" ta="center" maw={440}>
        {text}
      </Text>
      {action && <Group mt="xs">{action}</Group>}
    </Stack>
  )
}

/** It did not work: what happened, what to do, and the number to quote. */
export function ErrorState({
  error,
  onRetry,
  level = 2,
}: {
  error: unknown
  onRetry?: () => void
  level?: 1 | 2
}) {
  const { t } = useTranslation()
  const problem = toApiError(error)
  const text = useErrorText()(problem)
  return (
    <Stack className={classes.box} align="center" gap="xs" role="alert">
      <span className={classes.icon} data-bad aria-hidden>
        <IconAlertCircle size={24} stroke={1.6} />
      </span>
      <Title order={level} fz="md">
        {text.title}
      </Title>
      <Text c="dimmed" fz="sm" ta="center" maw={480}>
        {text.message}
      </Text>
      {problem.requestId && (
        <Text c="dimmed" fz="xs">
          {t('error.requestId')} <Code fz="xs">{problem.requestId}</Code>
        </Text>
      )}
      {onRetry && (
        <Button mt="xs" variant="default" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
          {t('action.retry')}
        </Button>
      )}
    </Stack>
  )
}
