import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { tellError } from '../../components/tell.ts'
import classes from './conversation.module.css'

const decisions = ['arrived', 'again', 'give_up'] as const

/** Nobody knows whether it arrived: a person says so, or sends it once more. Never a silent second copy. */
export function Decide({ entryId }: { entryId: string }) {
  const { t } = useTranslation()
  const mayDecide = useRight('entries.decide')
  const decide = useMutation({
    mutationFn: (decision: (typeof decisions)[number]) => api.entries.decide({ id: entryId, decision }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['timeline'] }),
    onError: tellError,
  })
  return (
    <div className={classes.decide}>
      <span>{t('decide.hint')}</span>
      {mayDecide &&
        decisions.map((decision) => (
          <button key={decision} type="button" className={classes.word} disabled={decide.isPending} onClick={() => decide.mutate(decision)}>
            {t(`decide.${decision}`)}
          </button>
        ))}
    </div>
  )
}
