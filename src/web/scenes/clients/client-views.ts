import { useLocalStorage } from '@mantine/hooks'
import { type ColumnKey, columnKeys, fixedColumns } from './client-columns.tsx'

/** What of the clients is looked at. */
export interface ClientFilter {
  query: string
  stage: 'all' | 'lead' | 'client'
  /** Only those one is responsible for. */
  isMine: boolean
}

export interface SavedFilter extends ClientFilter {
  name: string
}

export const everybody: ClientFilter = { query: '', stage: 'all', isMine: false }
const mostSaved = 12

/** Filters that somebody has named and the columns he wants to see, on this device. */
export function useClientViews() {
  const [saved, setSaved] = useLocalStorage<SavedFilter[]>({ key: 'clients filters', defaultValue: [], getInitialValueInEffect: false })
  const [hidden, setHidden] = useLocalStorage<ColumnKey[]>({
    key: 'clients columns hidden',
    defaultValue: ['created'],
    getInitialValueInEffect: false,
  })
  return {
    saved,
    columns: columnKeys.filter((key) => fixedColumns.includes(key) || !hidden.includes(key)),
    save: (filter: SavedFilter) => setSaved([filter, ...saved.filter(({ name }) => name !== filter.name)].slice(0, mostSaved)),
    forget: (name: string) => setSaved(saved.filter((filter) => filter.name !== name)),
    toggle: (key: ColumnKey) => setHidden(hidden.includes(key) ? hidden.filter((each) => each !== key) : [...hidden, key]),
  }
}

export function isSameFilter(a: ClientFilter, b: ClientFilter): boolean {
  return a.query === b.query && a.stage === b.stage && a.isMine === b.isMine
}
