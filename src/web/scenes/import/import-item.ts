import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'

export type ImportItem = Awaited<ReturnType<typeof api.imports.get>>
export type ImportRow = Awaited<ReturnType<typeof api.imports.rows>>['items'][number]
export type Target = ImportItem['mapping'][number]['target']
export type Verdict = NonNullable<ImportRow['verdict']>
export type Act = 'check' | 'start' | 'cancel' | 'undo'

/** A worker is at it. */
export function isBusy({ status }: ImportItem): boolean {
  return status === 'reading' || status === 'checking' || status === 'running' || status === 'undoing'
}

/** Kept fresh by live events; looked at every few seconds as well, should the line be down. */
export function useImport(id: string) {
  return useQuery({
    queryKey: ['imports', 'one', id],
    queryFn: () => api.imports.get({ id }),
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? 3_000 : false),
  })
}

/** After an act: the new state at once, everything else about imports anew. */
export async function showImport(item: ImportItem): Promise<void> {
  queryClient.setQueryData(['imports', 'one', item.id], item)
  await queryClient.invalidateQueries({ queryKey: ['imports'] })
}
