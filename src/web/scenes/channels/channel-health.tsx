import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import { Chip, SkeletonRows } from '../../components/page.tsx'
import { shownReason } from '../../components/shown-reason.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'
import classes from './channel-health.module.css'

type Health = Awaited<ReturnType<typeof api.channelTools.health>>

/** How one channel fares: what to do first, then when it was heard, how far it is behind, and what went wrong. */
export function ChannelHealth({ channelId }: { channelId: string }) {
  const { t } = useTranslation()
  const health = useQuery({
    queryKey: ['deliveries', 'health', channelId],
    queryFn: () => api.channelTools.health({ id: channelId }),
    refetchInterval: 30_000,
  })
  if (!health.data) return <SkeletonRows count={4} />
  return (
    <section className={classes.health} aria-label={t('channelHealth.title')}>
      <Advice health={health.data} />
      <dl className={`${components.box} ${classes.facts}`}>
        {factsOf(health.data, t).map(([title, value, isBad]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd className={isBad ? classes.bad : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
      <Faults faults={health.data.faults} />
    </section>
  )
}

function Advice({ health: { advice, error } }: { health: Health }) {
  const { t, i18n } = useTranslation()
  const words = error?.[i18n.language === 'en' ? 'en' : 'ru']
  return (
    <div>
      <h2>{t('channelHealth.todo')}</h2>
      {words && <p className={classes.bad}>{words}</p>}
      {advice.length === 0 && <Chip tone="good">{t('channelHealth.good')}</Chip>}
      <ol className={classes.advice}>
        {advice.map((one) => (
          <li key={one}>
            {t(`channelHealth.advice.${one}`)} <Way advice={one} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function Way({ advice }: { advice: Health['advice'][number] }) {
  const { t } = useTranslation()
  if (advice === 'parked' || advice === 'refused') return <Link to="/log">{t('channelHealth.open')}</Link>
  if (advice === 'quarantined') return <Link to="/quarantine">{t('channelHealth.open')}</Link>
  if (advice === 'unconfirmed' || advice === 'failed') return <Link to="/waiting">{t('channelHealth.open')}</Link>
  return advice === 'behind' ? <Link to="/health">{t('channelHealth.open')}</Link> : null
}

function factsOf(health: Health, t: TFunction): [string, string, boolean?][] {
  const when = (iso: string | null) => (iso === null ? t('channelHealth.never') : shownTime(iso))
  const { lagMs, longestLagMs, waiting, waitingSeconds } = health
  const lag = lagMs === null ? '–' : t('channelHealth.lagValue', { median: shownLag(lagMs, t), most: shownLag(longestLagMs ?? lagMs, t) })
  const counts: [string, string, boolean?][] = (['parked', 'refused', 'failed', 'quarantined'] as const).map((name) => {
    const count = { parked: health.parked, refused: health.refusedToday, failed: health.failedToday, quarantined: health.quarantined }[name]
    return [t(`channelHealth.${name}`), String(count), count > 0 && name !== 'quarantined']
  })
  return [
    [t('channelHealth.last'), when(health.lastDeliveryAt)],
    [t('channelHealth.onCard'), when(health.lastEntryAt)],
    [t('channelHealth.lag'), lag],
    [t('channelHealth.today'), String(health.today)],
    [t('channelHealth.waiting'), waiting === 0 ? '0' : t('channelHealth.waitingValue', { n: waiting, seconds: waitingSeconds })],
    ...counts,
  ]
}

function shownLag(ms: number, t: TFunction): string {
  return ms < 1000 ? t('channelHealth.ms', { n: ms }) : t('channelHealth.s', { n: Math.round(ms / 100) / 10 })
}

function Faults({ faults }: { faults: Health['faults'] }) {
  const { t } = useTranslation()
  if (faults.length === 0) return <p className={components.hint}>{t('channelHealth.noFaults')}</p>
  return (
    <div>
      <h2>{t('channelHealth.faults')}</h2>
      <ul className={`${components.box} ${classes.faults}`}>
        {faults.map(({ what, reason, count, lastAt, deliveryId }) => (
          <li key={`${what} ${reason}`}>
            <Chip tone={what === 'refused' ? 'soon' : 'late'}>{t(`channelHealth.what.${what}`)}</Chip>
            <span className={components.grow}>{shownReason(reason)}</span>
            <span title={absoluteTime(lastAt)}>
              {t('channelHealth.times', { n: count })}, {shownTime(lastAt)}
            </span>
            {deliveryId && (
              <Link to="/log" search={{ deliveryId }}>
                {t('channelHealth.open')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
