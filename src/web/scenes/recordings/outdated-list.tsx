import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { api } from '../../api/client.ts'
import { shownIdentity } from '../../components/shown-identity.ts'
import { shownSize } from '../../components/shown-size.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'
import classes from './recordings.module.css'

type Preview = Awaited<ReturnType<typeof api.retention.preview>>

/** What the rules as they stand here would erase: how much of it, and the oldest of it by name. */
export function OutdatedList({ preview }: { preview: Preview }) {
  const { t } = useTranslation()
  if (preview.recordings === 0) return <p className={classes.dim}>{t('retention.totalNone')}</p>
  return (
    <section>
      <p>
        <b>{t('retention.total', { count: preview.recordings, size: shownSize(preview.bytes) })}</b>
      </p>
      <table className={classes.table} aria-label={t('retention.oldest')}>
        <thead>
          <tr>
            <th>{t('calls.time')}</th>
            <th>{t('calls.direction')}</th>
            <th>{t('calls.client')}</th>
            <th>{t('calls.outcome')}</th>
            <th>{t('retention.size')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.items.map(({ id, callId, startedAt, direction, outcome, from, to, bytes }) => {
            const outer = direction === 'outbound' ? to : from
            return (
              <tr key={id}>
                <td>
                  <Link to="/calls" search={{ callId }} className={classes.link ?? ''} title={absoluteTime(startedAt)}>
                    {shownTime(startedAt)}
                  </Link>
                </td>
                <td>{t(`calls.${direction}`)}</td>
                <td>{outer ? shownIdentity({ kind: 'phone', value: outer }) : t('ring.withheld')}</td>
                <td>{outcome ? t(`callState.${direction === 'outbound' ? 'out' : 'in'}_${outcome}`) : ''}</td>
                <td>{bytes === null ? t('retention.notFetched') : shownSize(bytes)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
