import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { inviteesQuery, SHORTEST_SEARCH, type Invitee } from '../api/shares'

interface Props {
  sessionId: string
  value: Invitee | null
  onChange: (person: Invitee | null) => void
}

/** Finds somebody of the session's organisation by a part of their name. */
export function InviteePicker({ sessionId, value, onChange }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(value && text === labelOf(value) ? '' : text, 200)
  const query = useQuery(inviteesQuery(sessionId, search))
  const isSearch = search.trim().length >= SHORTEST_SEARCH
  const found = isSearch ? (query.data?.people ?? []) : []
  const offered = value && !found.some((one) => one.id === value.id) ? [value, ...found] : found
  return (
    <Select
      label={t('share.person')}
      placeholder={t('share.personHint')}
      searchable
      clearable
      data={offered.map((one) => ({ value: one.id, label: labelOf(one) }))}
      // The server has searched already.
      filter={({ options }) => options}
      value={value?.id ?? null}
      searchValue={text}
      onSearchChange={setText}
      onChange={(id) => onChange(offered.find((one) => one.id === id) ?? null)}
      nothingFoundMessage={
        !isSearch ? t('share.personHint') : query.isFetching ? t('loading') : t('palette.nothing')
      }
    />
  )
}

function labelOf(person: Invitee): string {
  return person.fullName ? `${person.fullName} (${person.username})` : person.username
}
