import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { api } from '../../api/client.ts'
import { useChannels } from '../../api/names.ts'
import components from '../../components/components.module.css'
import { Chip } from '../../components/page.tsx'
import { absoluteTime, shownTime } from '../../components/when.ts'
import classes from './rules.module.css'

type Run = Awaited<ReturnType<typeof api.rules.dryRun>>
const mostRows = 200

/** What last week would have been: each event with its reason, the reasons counted and clicked to see their rows. */
export function DryRun({ run }: { run: Run }) {
  const { t } = useTranslation()
  const channels = useChannels()
  const [only, setOnly] = useState<string>()
  const counts = Map.groupBy(run.items, (item) => item.reason)
  const shown = run.items.filter((item) => only === undefined || item.reason === only).slice(0, mostRows)
  const words = (reason: string) => (reason === 'sent' ? t('answers.reason.would') : t(`answers.reason.${reason}`))
  if (run.items.length === 0) return <p role="status">{t('answers.nothingCame')}</p>
  return (
    <section aria-label={t('answers.dryRun')}>
      <div className={classes.chips} role="status">
        <b>{t('answers.wouldSend', { n: run.sent, of: run.items.length })}</b>
        {[...counts].map(([reason, items]) => (
          <button key={reason} type="button" aria-pressed={only === reason} onClick={() => setOnly(only === reason ? undefined : reason)}>
            {`${words(reason)} · ${items.length}`}
          </button>
        ))}
      </div>
      {run.isCut && <p className={components.hint}>{t('answers.cut')}</p>}
      <div className={classes.scroll}>
        <table className={components.table}>
          <thead>
            <tr>
              <th>{t('answers.when')}</th>
              <th>{t('answers.who')}</th>
              <th>{t('answers.why')}</th>
              <th>{t('answers.to')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((item) => (
              <tr key={item.entryId}>
                <td title={absoluteTime(item.at)}>{shownTime(item.at)}</td>
                <td>
                  <Link className={classes.link ?? ''} to="/waiting/$cardId" params={{ cardId: item.contactId }}>
                    {item.contactName || t('answers.unnamed')}
                  </Link>
                </td>
                <td>
                  <Chip tone={item.reason === 'sent' ? 'good' : 'plain'}>{words(item.reason)}</Chip>
                </td>
                <td>{item.to && `${channels.find(({ id }) => id === item.channelId)?.name ?? ''} · ${item.to}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
