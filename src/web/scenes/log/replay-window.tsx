import { Button, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { absoluteTime, shownClock } from '../../components/when.ts'
import classes from './log.module.css'
import type { askedOf } from './log-filter.tsx'
import { ReplayChanges } from './replay-changes.tsx'
import { ReplayProgress } from './replay-progress.tsx'
import { useReplays } from './use-replays.ts'
import { useWindowReplay } from './use-window-replay.ts'

/** Everything that the filters leave, replayed at once: the dry run first, then a run of the hub's own that needs no open page. */
export function ReplayWindow({ window, onClose }: { window: ReturnType<typeof askedOf>; onClose(): void }) {
  const { t } = useTranslation()
  const { running, last } = useReplays()
  const { preview, ...acts } = useWindowReplay(window)
  const isBusy = preview?.is === 'previewing'
  const shownReplay = running ?? (preview ? undefined : last)
  return (
    <section className={classes.panel} aria-label={t('replay.window')}>
      <header className={classes.top}>
        <b style={{ flex: 1 }}>{t('replay.window')}</b>
        <Button
          variant="default"
          onClick={() => {
            acts.stop()
            onClose()
          }}
        >
          {t('common.close')}
        </Button>
      </header>
      <p>{t('replay.windowHint')}</p>
      {shownReplay && <ReplayProgress replay={shownReplay} />}
      {!running && (
        <div className={classes.foot}>
          <span role="status" style={{ flex: 1 }}>
            {preview && t(`replay.${preview.is}`, { n: preview.done, changing: preview.changing })}
          </span>
          <Button variant="default" onClick={() => (isBusy ? acts.stop() : void acts.look())}>
            {t(isBusy ? 'replay.stop' : 'replay.preview')}
          </Button>
          {preview?.is === 'previewed' && preview.isWhole && preview.changing > 0 && (
            <Button onClick={() => void acts.replay()}>{t('log.replay')}</Button>
          )}
        </div>
      )}
      {isBusy && <Progress value={100} animated aria-label={t('common.loading')} />}
      {preview?.shown.map((delivery) => (
        <div key={delivery.id}>
          <h2 title={absoluteTime(delivery.receivedAt)}>{shownClock(delivery.receivedAt)}</h2>
          <ReplayChanges events={delivery.events.filter(({ change }) => change !== 'same')} />
        </div>
      ))}
      {preview && preview.changing > preview.shown.length && <p>{t('replay.andMore', { n: preview.changing - preview.shown.length })}</p>}
    </section>
  )
}
