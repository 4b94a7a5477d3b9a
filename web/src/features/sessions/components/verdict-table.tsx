import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import { useReasonText } from '@/components/reason-text'
import { Badge } from '@/components/state-badge'

import type { Verdict } from '../api/about'

/** Each machine, and what speaks against it. */
export function VerdictTable({ verdicts, chosen }: { verdicts: Verdict[]; chosen?: string | null }) {
  const { t } = useTranslation()
  const reasonText = useReasonText()
  const sorted = verdicts.toSorted(
    (a, b) =>
      Number(b.agentId === chosen) - Number(a.agentId === chosen) ||
      Number(b.ok) - Number(a.ok) ||
      (b.score ?? 0) - (a.score ?? 0) ||
      a.agentId.localeCompare(b.agentId),
  )
  return (
    <Table fz="sm" layout="fixed">
      <Table.Thead className="visually-hidden">
        <Table.Tr>
          <Table.Th>{t('session.agent')}</Table.Th>
          <Table.Th>{t('launch.verdict')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {sorted.map((verdict) => (
          <Table.Tr key={verdict.agentId}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <Text fz="sm" fw={verdict.agentId === chosen ? 600 : 400}>
                {verdict.agentId}
              </Text>
            </Table.Td>
            <Table.Td>
              {verdict.ok ? (
                <Badge
                  tone={verdict.agentId === chosen ? 'ok' : 'quiet'}
                  text={verdict.agentId === chosen ? t('launch.chosen') : t('launch.possible')}
                />
              ) : null}
              {(verdict.ok ? (verdict.advantages ?? []) : verdict.reasons).map((reason) => (
                <Text key={reason.code} fz="sm" c="dimmed">
                  {reasonText(reason)}
                </Text>
              ))}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
