import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Empty } from '../../components/page.tsx'
import classes from './rules.module.css'

interface Item {
  id: string
  name: string
}

export interface TabProps {
  /** An id, or `new`. */
  chosen: string | undefined
  onChoose(id: string | undefined): void
}

interface ListProps<One extends Item> extends TabProps {
  items: One[]
  /** Said where there is none yet, with the act that makes the first. */
  empty: { title: string; hint: string; create: string }
  /** Behind the name. */
  chip?(item: One): ReactNode
  /** Below the name. */
  row(item: One): ReactNode
  form(item: One | undefined): ReactNode
}

/** What there is at the left; the chosen or the new one as a form beside it. */
export function ItemList<One extends Item>({ items, chosen, onChoose, empty, chip, row, form }: ListProps<One>) {
  const item = items.find(({ id }) => id === chosen)
  if (items.length === 0 && chosen !== 'new')
    return (
      <Empty title={empty.title} hint={empty.hint}>
        <Button onClick={() => onChoose('new')}>{empty.create}</Button>
      </Empty>
    )
  return (
    <div className={items.length > 0 ? classes.split : classes.alone}>
      <div className={classes.list} hidden={items.length === 0}>
        {items.map((one) => (
          <button key={one.id} type="button" className={classes.row} aria-pressed={one.id === chosen} onClick={() => onChoose(one.id)}>
            <span className={classes.head}>
              <b>{one.name}</b>
              {chip?.(one)}
            </span>
            {row(one)}
          </button>
        ))}
      </div>
      {(item || chosen === 'new') && form(item)}
    </div>
  )
}
