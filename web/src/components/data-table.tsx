import { Checkbox, Group, Skeleton, Stack, Table, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import classes from './data-table.module.css'

export interface Column<T> {
  key: string
  label: string
  /** Missing: takes what the others leave. */
  width?: number
  /** Shown from this width of the window on. */
  from?: 'sm' | 'md' | 'lg'
  end?: boolean
  /** Whether a click on the heading sorts, which begins with the lowest unless this says otherwise. */
  sortable?: true | 'newest first'
  cell: (row: T) => ReactNode
}

interface Props<T> {
  label: string
  rows: T[]
  columns: Column<T>[]
  id: (row: T) => string
  rowHeight?: number
  /** A column's key, with `-` before it when the other way round. */
  sort?: string
  onSort?: (sort: string) => void
  selected?: ReadonlySet<string>
  onSelect?: (ids: ReadonlySet<string>) => void
  nameOf?: (row: T) => string
  /** What can be done with a row, at its end. */
  menu?: (row: T) => ReactNode
}

/** Rows that sort, select and scroll, a thousand as easily as ten. */
export function DataTable<T>({
  label,
  rows,
  columns,
  id,
  rowHeight = 57,
  sort,
  onSort,
  selected,
  onSelect,
  nameOf,
  menu,
}: Props<T>) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    setTop(box.current?.offsetTop ?? 0)
  }, [])
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: top,
  })
  const items = virtual.getVirtualItems()
  const before = (items[0]?.start ?? top) - top
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? top) - top)
  const chosen = selected ?? new Set<string>()
  const all = rows.length > 0 && rows.every((row) => chosen.has(id(row)))
  const styleOf = (column: Column<T>) =>
    [column.from && classes[column.from], column.end && classes.end].filter(Boolean).join(' ') || undefined

  return (
    <div ref={box} className={classes.frame}>
      <Table
        className={classes.table}
        verticalSpacing={0}
        layout="fixed"
        aria-label={label}
        aria-rowcount={rows.length}
      >
        <Table.Thead>
          <Table.Tr>
            {onSelect && (
              <Table.Th className={classes.check}>
                <Checkbox
                  size="xs"
                  aria-label={t('session.selectAll')}
                  checked={all}
                  indeterminate={!all && chosen.size > 0}
                  onChange={() => onSelect(all ? new Set() : new Set(rows.map(id)))}
                />
              </Table.Th>
            )}
            {columns.map((column) => {
              const up = sort === column.key
              const down = sort === `-${column.key}`
              return (
                <Table.Th
                  key={column.key}
                  className={styleOf(column)}
                  w={column.width}
                  aria-sort={up ? 'ascending' : down ? 'descending' : column.sortable ? 'none' : undefined}
                >
                  {column.sortable ? (
                    <UnstyledButton className={classes.sort} onClick={() => onSort?.(nextSort(column, sort))}>
                      {column.label}
                      {up && <IconArrowUp size={13} aria-hidden />}
                      {down && <IconArrowDown size={13} aria-hidden />}
                    </UnstyledButton>
                  ) : (
                    column.label
                  )}
                </Table.Th>
              )
            })}
            {menu && (
              <Table.Th className={classes.menu}>
                <span className={classes.hidden}>{t('session.actions')}</span>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Spacer height={before} />
          {items.map(({ index }) => {
            const row = rows[index]
            if (row === undefined) return null
            const key = id(row)
            return (
              <Table.Tr
                key={key}
                className={classes.row}
                h={rowHeight}
                data-chosen={chosen.has(key) || undefined}
              >
                {onSelect && (
                  <Table.Td className={classes.check}>
                    <Checkbox
                      size="xs"
                      aria-label={t('session.select', { name: nameOf?.(row) ?? key })}
                      checked={chosen.has(key)}
                      onChange={() => {
                        const next = new Set(chosen)
                        if (!next.delete(key)) next.add(key)
                        onSelect(next)
                      }}
                    />
                  </Table.Td>
                )}
                {columns.map((column) => (
                  <Table.Td key={column.key} className={styleOf(column)}>
                    {column.cell(row)}
                  </Table.Td>
                ))}
                {menu && <Table.Td className={classes.menu}>{menu(row)}</Table.Td>}
              </Table.Tr>
            )
          })}
          <Spacer height={after} />
        </Table.Tbody>
      </Table>
    </div>
  )
}

function nextSort<T>({ key, sortable }: Column<T>, sort: string | undefined): string {
  if (sort === key) return `-${key}`
  if (sort === `-${key}`) return key
  return sortable === 'newest first' ? `-${key}` : key
}

function Spacer({ height }: { height: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden>
      <td style={{ height, padding: 0, border: 'none' }} />
    </tr>
  )
}

export function TableSkeleton({ rows = 6, height = 57 }: { rows?: number; height?: number }) {
  return (
    <Stack gap={1} className={classes.skeleton}>
      {Array.from({ length: rows }, (_, index) => (
        <Group key={index} h={height} px="md" gap="sm" wrap="nowrap">
          <Skeleton h={28} w={28} radius="xl" />
          <Skeleton h={12} w={`${40 - index * 3}%`} />
        </Group>
      ))}
    </Stack>
  )
}

/** What can be done with the rows that are selected. */
export function BulkBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.bulk} role="region" aria-label={label}>
      {children}
    </div>
  )
}
