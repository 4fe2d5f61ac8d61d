import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import classes from './virtual-table.module.css'

export interface Column<Item> {
  key: string
  title: string
  /** Of a CSS grid: `2fr`, `8rem`. */
  width: string
  cell(item: Item): ReactNode
  /** Of the whole value, on hover. */
  hint?(item: Item): string
  /** Where it stands when the row is a card on a phone; absent: below the title. */
  onPhone?: 'title' | 'aside' | 'hidden'
}

interface VirtualTableProps<Item> {
  label: string
  columns: Column<Item>[]
  items: Item[]
  rowKey(item: Item): string
  chosen?: string | undefined
  onOpen?(item: Item): void
  /** Absent: everything is loaded. */
  more?: () => void
}

const rowPx = 34
const overscan = 12
/** Rows from the end at which the next page is asked for. */
const ahead = 30

/**
 * A table of any length, of which only what is in sight is in the page: rows of one height with columns, on a phone cards. Enter opens a row,
 * arrows walk them. The next page is loaded before the end is reached.
 */
export function VirtualTable<Item>({ label, columns, items, rowKey, chosen, onOpen, more }: VirtualTableProps<Item>) {
  const frame = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowPx,
    overscan,
    getItemKey: (index) => rowKeyAt(items, index, rowKey),
  })
  const shown = rows.getVirtualItems()
  const widths = columns.map(({ width }) => width).join(' ')
  const isNearEnd = (shown.at(-1)?.index ?? 0) >= items.length - ahead
  useEffect(() => {
    if (isNearEnd && items.length > 0) more?.()
  }, [isNearEnd, items.length, more])

  return (
    <div ref={frame} className={classes.frame}>
      <table className={classes.table} aria-label={label} aria-rowcount={items.length + 1} style={{ ['--columns' as string]: widths }}>
        <thead className={classes.head}>
          <tr className={classes.columns}>
            {columns.map(({ key, title }) => (
              <th key={key} className={classes.cell}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={classes.rows} style={{ height: rows.getTotalSize() }}>
          {shown.map(({ index, start, key }) => {
            const item = items[index]
            if (item === undefined) return null
            const open = onOpen && (() => onOpen(item))
            return (
              <tr
                key={key}
                ref={rows.measureElement}
                data-index={index}
                aria-rowindex={index + 2}
                aria-selected={chosen !== undefined && rowKey(item) === chosen}
                className={`${classes.columns} ${classes.row}`}
                style={{ transform: `translateY(${start}px)` }}
                {...(open && { tabIndex: 0, 'data-clickable': true, onClick: open, onKeyDown: walking(open) })}
              >
                {columns.map(({ key: column, cell, hint, onPhone = 'below' }) => (
                  <td key={column} data-phone={onPhone} className={classes.cell} title={hint?.(item)}>
                    {cell(item)}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function rowKeyAt<Item>(items: Item[], index: number, rowKey: (item: Item) => string): string | number {
  const item = items[index]
  return item === undefined ? index : rowKey(item)
}

function walking(open: () => void): (event: KeyboardEvent<HTMLTableRowElement>) => void {
  return (event) => {
    const { currentTarget: row, key } = event
    if (event.target !== row) return
    const next = key === 'ArrowDown' ? row.nextElementSibling : key === 'ArrowUp' ? row.previousElementSibling : undefined
    if (key === 'Enter') open()
    else if (next instanceof HTMLElement) next.focus()
    else return
    event.preventDefault()
  }
}
