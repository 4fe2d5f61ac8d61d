import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useReplays } from './use-replays.ts'

/** Opens the replay of all that is found; while one runs, says how far it is, also to whoever has just opened the page. */
export function ReplayFound({ isDisabled, onOpen }: { isDisabled: boolean; onOpen(): void }) {
  const { t } = useTranslation()
  const { running } = useReplays()
  return (
    <Button variant="default" disabled={isDisabled && !running} onClick={onOpen}>
      {running ? t('replay.runs', { done: running.done, total: running.total ?? '…' }) : t('replay.found')}
    </Button>
  )
}
