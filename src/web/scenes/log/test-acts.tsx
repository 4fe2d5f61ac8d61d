import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { tell, tellError } from '../../components/tell.ts'
import { tellWith } from '../../components/tell-with.tsx'
import classes from './log.module.css'
import { useTestRemoval } from './use-test-removal.ts'

type Delivery = Awaited<ReturnType<typeof api.deliveries.get>>

/** Says that a delivery is a test, takes what it made off the cards, or says that it was none. */
export function TestActs({ delivery: { id, test, removedAt, events } }: { delivery: Delivery }) {
  const { t } = useTranslation()
  const removal = useTestRemoval()
  const mark = useMutation({
    mutationFn: (isTest: boolean) => api.deliveries.mark({ id, isTest }),
    onSuccess: async (_delivery, isTest) => {
      await queryClient.invalidateQueries({ queryKey: ['deliveries'] })
      if (isTest) tellWith(t('tests.marked'), { label: t('tests.remove'), run: () => removal.mutate([id]) })
      else tell(t('tests.unmarked'))
    },
    onError: tellError,
  })
  const hasTraces = test === true && removedAt === null && events.some(({ entryId }) => entryId !== null)
  return (
    <div className={classes.foot}>
      <span style={{ flex: 1 }} />
      {hasTraces && (
        <Button variant="default" loading={removal.isPending} onClick={() => removal.mutate([id])}>
          {t('tests.remove')}
        </Button>
      )}
      <Button variant="subtle" loading={mark.isPending} onClick={() => mark.mutate(test !== true)}>
        {t(test === true ? 'tests.unmark' : 'tests.mark')}
      </Button>
    </div>
  )
}
