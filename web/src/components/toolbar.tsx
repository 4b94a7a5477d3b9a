import { Select } from '@mantine/core'
import type { ReactNode } from 'react'

import { SearchField } from './search-field'
import classes from './toolbar.module.css'

/** Search and filters above a table. */
export function Toolbar({ children }: { children: ReactNode }) {
  return <div className={classes.tools}>{children}</div>
}

export function ToolbarSearch(props: { label: string; value: string; onChange: (text: string) => void }) {
  return <SearchField {...props} className={classes.search} />
}

interface FilterProps<T extends string> {
  label: string
  options: readonly { value: T; label: string }[]
  value: T | undefined
  onChange: (value: T | undefined) => void
}

/** One choice that narrows the table; its label is what it says while it does not. */
export function ToolbarFilter<T extends string>({ label, options, value, onChange }: FilterProps<T>) {
  return (
    <Select
      className={classes.filter}
      aria-label={label}
      placeholder={label}
      data={[...options]}
      clearable
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  )
}
