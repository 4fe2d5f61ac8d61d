import { Button, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useChannels } from '../../api/names.ts'
import { useRight } from '../../api/session.ts'
import { Empty, SkeletonRows } from '../../components/page.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useNow } from '../../components/use-now.ts'
import { waitedMinutes } from '../../components/when.ts'
import { longMinutes } from './wait-lamp.tsx'
import classes from './waiting.module.css'
import { WaitingRow } from './waiting-row.tsx'

type Scope = 'mine' | 'team' | 'all'

/** One row per client over all media, the longest waiting first. J and K walk it. */
export function WaitingList({ chosen }: { chosen?: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [scope, setScope] = useState<Scope>('all')
  const now = useNow(30_000)
  const { data, isPending } = useQuery({ queryKey: ['waiting', scope], queryFn: () => api.waiting.list({ scope, limit: 100 }) })
  const rows = data?.items ?? []
  const channels = useChannels()
  const mayConnect = useRight('channels.create') && channels.length === 0

  const step = (by: number) => {
    const at = rows.findIndex((row) => row.contact.cardId === chosen)
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)]
    if (next) void navigate({ to: '/waiting/$cardId', params: { cardId: next.contact.cardId } })
  }
  useKeys({ j: () => step(1), k: () => step(-1) })

  const long = rows.filter((row) => waitedMinutes(row.waitingSince, now) >= longMinutes)
  const recent = rows.filter((row) => waitedMinutes(row.waitingSince, now) < longMinutes)
  return (
    <section className={classes.list} aria-label={t('waiting.title')}>
      <div className={classes.head}>
        <h1>{t('waiting.title')}</h1>
      </div>
      <div className={classes.tabs}>
        <SegmentedControl
          size="xs"
          fullWidth
          value={scope}
          onChange={(value) => setScope(value as Scope)}
          data={(['mine', 'team', 'all'] as const).map((value) => ({ value, label: `${t(`waiting.${value}`)} ${data?.counts[value] ?? ''}` }))}
        />
      </div>
      <div className={classes.rows}>
        {isPending && <SkeletonRows />}
        {data && rows.length === 0 && (
          <Empty title={t('waiting.empty')} hint={t(channels.length === 0 ? 'waiting.emptyHint' : 'waiting.emptyCalm')}>
            {mayConnect && (
              <Button renderRoot={(props) => <Link to="/channels" {...props} />} variant="default">
                {t('waiting.connect')}
              </Button>
            )}
          </Empty>
        )}
        {long.length > 0 && <div className={`${classes.group} ${classes.late}`}>{`${t('waiting.long')} · ${long.length}`}</div>}
        {long.map((row) => (
          <WaitingRow key={row.contact.cardId} row={row} now={now} />
        ))}
        {recent.length > 0 && <div className={classes.group}>{`${t('waiting.recent')} · ${recent.length}`}</div>}
        {recent.map((row) => (
          <WaitingRow key={row.contact.cardId} row={row} now={now} />
        ))}
      </div>
    </section>
  )
}
