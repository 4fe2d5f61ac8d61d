import { useMutation } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { tell, tellError } from '../../components/tell.ts'

type Removed = Awaited<ReturnType<typeof api.deliveries.removeTests>>['items']

/** Takes what tests made off the cards, and says what went and what stays. */
export function useTestRemoval() {
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (ids: string[]) => api.deliveries.removeTests({ ids }),
    onSuccess: async ({ items }) => {
      tell(wordsOf(items, t))
      await queryClient.invalidateQueries({ queryKey: ['deliveries'] })
    },
    onError: tellError,
  })
}

function wordsOf(items: Removed, t: TFunction): string {
  const removed = items.filter(({ is }) => is === 'removed')
  const sum = (name: 'entries' | 'leads' | 'contacts') => removed.reduce((total, item) => total + item[name], 0)
  const kept = Map.groupBy(
    items.filter(({ is }) => is === 'kept'),
    ({ reason }) => reason ?? 'written',
  )
  const left = new Set(removed.flatMap((item) => item.left))
  return [
    removed.length > 0 && t('tests.removed', { entries: sum('entries'), leads: sum('leads'), contacts: sum('contacts') }),
    ...[...left].map((one) => t(`tests.left.${one}`)),
    ...[...kept].map(([reason, some]) => t('tests.kept', { n: some.length, reason: t(`tests.why.${reason}`) })),
    removed.length === 0 && kept.size === 0 && t('tests.nothing'),
  ]
    .filter((words) => words !== false)
    .join(' ')
}
