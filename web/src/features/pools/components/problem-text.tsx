import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import { useReasonText } from '@/components/reason-text'

import type { Pool } from '../api/pools'
import classes from './problem-text.module.css'

type Problem = NonNullable<Pool['problem']>

/** What keeps a pool from being full. */
export function ProblemText({ problem }: { problem: Problem }) {
  const { t } = useTranslation()
  const reasonText = useReasonText()
  const agent = problem.agentId ?? ''
  switch (problem.code) {
    case 'no_room':
      return (
        <>
          <Text fz="sm">{t('pools.problem.no_room')}</Text>
          <ul className={classes.machines}>
            {problem.agents?.map((one) => (
              <li key={one.agentId}>
                <b>{one.agentId}</b> {reasonText(one)}
              </li>
            ))}
          </ul>
        </>
      )
    case 'failed':
      return (
        <Text fz="sm">
          {agent ? t('pools.problem.failed', { agent }) : t('pools.problem.failedSomewhere')}{' '}
          {problem.message}
        </Text>
      )
    case 'template_gone':
    case 'agent_missing':
    case 'no_agent':
    case 'timeout':
      return <Text fz="sm">{t(`pools.problem.${problem.code}`, { agent })}</Text>
  }
}
