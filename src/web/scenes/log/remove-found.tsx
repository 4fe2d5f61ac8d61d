import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useTestRemoval } from './use-test-removal.ts'

/** As many as one request takes. */
const mostAtOnce = 100

/** Takes what all these tests made off the cards; those that were removed before are passed over. */
export function RemoveFound({ deliveries }: { deliveries: { id: string; removedAt: string | null; events: { entryId: string | null }[] }[] }) {
  const { t } = useTranslation()
  const removal = useTestRemoval()
  const ids = deliveries
    .filter(({ removedAt, events }) => removedAt === null && events.some(({ entryId }) => entryId !== null))
    .map(({ id }) => id)
    .slice(0, mostAtOnce)
  return (
    <Button variant="default" disabled={ids.length === 0} loading={removal.isPending} onClick={() => removal.mutate(ids)}>
      {t('tests.removeFound')}
    </Button>
  )
}
