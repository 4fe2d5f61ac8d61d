import { Button, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { tellError } from '../../components/tell.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'
import classes from './log.module.css'
import { isRunning, type ReplayItem } from './use-replays.ts'

const failureKinds = ['not_found', 'fault', 'ends_worker'] as const

/** How far a replay is, or what came of it. It goes on without this page. */
export function ReplayProgress({ replay }: { replay: ReplayItem }) {
  const { t } = useTranslation()
  const { status, done, total, failures } = replay
  const counts = t('replay.counts', { rewritten: replay.rewritten, added: replay.added, superseded: replay.superseded, failed: replay.failed })
  const cancel = async () => {
    await api.replays.cancel({ id: replay.id }).catch(tellError)
    await queryClient.invalidateQueries({ queryKey: ['replays'] })
  }
  return (
    <section aria-label={t('replay.run')}>
      <div className={classes.foot}>
        <span role="status" style={{ flex: 1 }} title={absoluteTime(replay.createdAt)}>
          {!isRunning(replay) && `${shownTime(replay.createdAt)} `}
          {t(`replay.is.${status}`, { done, total: total ?? '…' })} {status !== 'waiting' && counts}
        </span>
        {isRunning(replay) && (
          <Button variant="default" onClick={() => void cancel()}>
            {t('replay.stop')}
          </Button>
        )}
      </div>
      {isRunning(replay) && (
        <>
          <Progress value={total ? (done / total) * 100 : 100} animated={total === null} aria-label={t('replay.run')} />
          <p>{t('replay.goesOn')}</p>
        </>
      )}
      {failures.map(({ id, reason }) => (
        <p key={id} className={classes.wrong}>
          {`${id}: ${t(`replay.failed.${failureKinds.find((kind) => kind === reason) ?? 'fault'}`)}`}
        </p>
      ))}
    </section>
  )
}
