import { Button, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { absoluteTime, shownClock } from '../../components/when.ts'
import classes from './log.module.css'
import type { askedOf } from './log-filter.tsx'
import { ReplayChanges } from './replay-changes.tsx'
import { useWindowReplay } from './use-window-replay.ts'

/** Everything that the filters leave, replayed at once: the dry run first. */
export function ReplayWindow({ window, onClose }: { window: ReturnType<typeof askedOf>; onClose(): void }) {
  const { t } = useTranslation()
  const { run, ...acts } = useWindowReplay(window)
  const isBusy = run?.is === 'previewing' || run?.is === 'replaying'
  return (
    <section className={classes.panel} aria-label={t('replay.window')}>
      <header className={classes.top}>
        <b style={{ flex: 1 }}>{t('replay.window')}</b>
        <Button
          variant="default"
          onClick={() => {
            acts.close()
            onClose()
          }}
        >
          {t('common.close')}
        </Button>
      </header>
      <p>{t('replay.windowHint')}</p>
      <div className={classes.foot}>
        <span role="status" style={{ flex: 1 }}>
          {run && t(`replay.${run.is}`, { n: run.done, changing: run.changing })}
        </span>
        {isBusy ? (
          <Button variant="default" onClick={acts.stop}>
            {t('replay.stop')}
          </Button>
        ) : (
          <Button variant="default" onClick={() => void acts.preview()}>
            {t('replay.preview')}
          </Button>
        )}
        {run?.is === 'previewed' && run.isWhole && run.changing > 0 && <Button onClick={() => void acts.replay()}>{t('log.replay')}</Button>}
      </div>
      {isBusy && <Progress value={100} animated aria-label={t('common.loading')} />}
      {run?.failed.map(({ id, reason }) => (
        <p key={id} className={classes.wrong}>
          {`${id}: ${reason}`}
        </p>
      ))}
      {run?.shown.map((delivery) => (
        <div key={delivery.id}>
          <h2 title={absoluteTime(delivery.receivedAt)}>{shownClock(delivery.receivedAt)}</h2>
          <ReplayChanges events={delivery.events.filter(({ change }) => change !== 'same')} />
        </div>
      ))}
      {run && run.changing > run.shown.length && <p>{t('replay.andMore', { n: run.changing - run.shown.length })}</p>}
    </section>
  )
}
