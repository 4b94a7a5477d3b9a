import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { organizationNamesQuery } from '../api/join-tokens'

interface Props {
  value: string | null
  onChange: (id: string | null) => void
}

/** The only organisation that an agent works for, or all of them. */
export function OrganizationSelect({ value, onChange }: Props) {
  const { t } = useTranslation()
  const query = useQuery(organizationNamesQuery())
  const organizations = query.data?.organizations ?? []
  const known = organizations.some((one) => one.id === value)
  return (
    <Select
      label={t('agents.organization')}
      description={t('agents.organizationText')}
      placeholder={t('agents.allOrganizations')}
      data={[
        ...organizations.map((one) => ({ value: one.id, label: one.displayName || one.name })),
        ...(value && !known ? [{ value, label: value }] : []),
      ]}
      searchable
      clearable
      value={value}
      onChange={onChange}
    />
  )
}

/** An organisation's name, or its id until that is known. */
export function OrganizationName({ id }: { id: string | null | undefined }) {
  const { t } = useTranslation()
  const query = useQuery({ ...organizationNamesQuery(), enabled: Boolean(id) })
  if (!id) return <>{t('agents.allOrganizations')}</>
  const found = query.data?.organizations.find((one) => one.id === id)
  return <>{found?.displayName || found?.name || id}</>
}
