import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { usePeople } from '../../api/names.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { tellError } from '../../components/tell.ts'
import { shownTime } from '../../components/when.ts'
import type { CallItem } from '../ringing/ring-kind.ts'
import classes from './calls.module.css'

/** Who heard it, which its operator sees too; and, for whom it is allowed, what takes the sound away for good. */
export function Listeners({ call }: { call: CallItem }) {
  const { t } = useTranslation()
  const nameOf = usePeople()
  const mayErase = useRight('calls.eraseRecording')
  const { data } = useQuery({
    queryKey: ['listeners', call.id],
    queryFn: () => api.comments.listeners({ id: call.id }),
    retry: false,
    refetchInterval: 30_000,
  })
  const erase = useMutation({
    mutationFn: (recordingId: string) => api.calls.eraseRecording({ id: call.id, recordingId }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['calls'] }),
    onError: tellError,
  })
  const ready = call.recordings.filter(({ state }) => state === 'ready')
  const heard = data?.items.map(
    ({ actorId, action, at }) =>
      `${nameOf(actorId) || t('calls.program')} ${t(`calls.${action === 'recording.downloaded' ? 'saved' : action === 'recording.erased' ? 'erased' : 'heard'}`)} ${shownTime(at)}`,
  )
  return (
    <footer className={classes.listeners}>
      <span className={classes.grow}>{heard && heard.length > 0 ? heard.join(', ') : t('calls.nobodyHeard')}</span>
      {mayErase &&
        ready.map(({ id }) => (
          <Button key={id} size="compact-xs" variant="subtle" color="red" onClick={() => window.confirm(t('calls.eraseForGood')) && erase.mutate(id)}>
            {t('calls.erase')}
          </Button>
        ))}
    </footer>
  )
}
