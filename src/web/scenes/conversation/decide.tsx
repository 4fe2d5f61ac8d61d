import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { tellError } from '../../components/tell.ts'
import classes from './conversation.module.css'

const decisions = { unconfirmed: ['arrived', 'again', 'give_up'], failed: ['again'] } as const

/** What failed goes once more when asked. Where nobody knows whether it arrived, a person says so: never a silent second copy. */
export function Decide({ entryId, status }: { entryId: string; status: keyof typeof decisions }) {
  const { t } = useTranslation()
  const mayDecide = useRight('entries.decide')
  const decide = useMutation({
    mutationFn: (decision: 'arrived' | 'again' | 'give_up') => api.entries.decide({ id: entryId, decision }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['timeline'] }),
    onError: tellError,
  })
  return (
    <div className={classes.decide}>
      {status === 'unconfirmed' && <span>{t('decide.hint')}</span>}
      {mayDecide &&
        decisions[status].map((decision) => (
          <button key={decision} type="button" className={classes.word} disabled={decide.isPending} onClick={() => decide.mutate(decision)}>
            {t(`decide.${decision}`)}
          </button>
        ))}
    </div>
  )
}
