import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Person } from '@/api/admin-types'
import { api, unwrap } from '@/api/client'

interface Props {
  label: string
  value: Person | null
  onChange: (person: Person | null) => void
  /** People who are not offered, because they are in already. */
  without?: ReadonlySet<string>
}

/** Finds somebody by typing. */
export function PersonPicker({ label, value, onChange, without }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  // The name of whoever is chosen stands in the field, and is no search.
  const [search] = useDebouncedValue(value && text === labelOf(value) ? '' : text, 200)
  const query = useQuery({
    queryKey: ['people', 'picker', search],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/users', {
          params: { query: { search: search || undefined, limit: 20, sort: 'username' } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  })
  const found = (query.data?.users ?? []).filter((one) => !without?.has(one.id))
  const offered = value && !found.some((one) => one.id === value.id) ? [value, ...found] : found
  return (
    <Select
      label={label}
      placeholder={t('people.pick')}
      searchable
      clearable
      data={offered.map((one) => ({ value: one.id, label: labelOf(one) }))}
      // The server has searched already.
      filter={({ options }) => options}
      value={value?.id ?? null}
      searchValue={text}
      onSearchChange={setText}
      onChange={(id) => onChange(offered.find((one) => one.id === id) ?? null)}
      nothingFoundMessage={query.isPending ? t('loading') : t('palette.nothing')}
    />
  )
}

function labelOf(person: Person): string {
  return person.fullName ? `${person.fullName} (${person.username})` : person.username
}
