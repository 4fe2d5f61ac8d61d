import { Button, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useChannels } from '../../api/names.ts'
import { useRight } from '../../api/session.ts'
import { Empty, SkeletonRows } from '../../components/page.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useNow } from '../../components/use-now.ts'
import { OwnDay } from './own-day.tsx'
import { minutesLeftBy, toneOf } from './time-left.ts'
import classes from './waiting.module.css'
import { WaitingRow } from './waiting-row.tsx'

type Scope = 'mine' | 'team' | 'all'

const tones = ['late', 'soon', 'calm'] as const
const refreshMs = 60_000

/** One row per client over all media, the least time left first. J and K walk it. */
export function WaitingList({ chosen }: { chosen?: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [scope, setScope] = useState<Scope>('all')
  const now = useNow(30_000)
  const [channelId, setChannel] = useState('')
  const { data, isPending, dataUpdatedAt } = useQuery({
    queryKey: ['waiting', scope, channelId],
    queryFn: () => api.waiting.list({ scope, limit: 200, ...(channelId && { channelId }) }),
    refetchInterval: refreshMs,
  })
  const rows = data?.items ?? []
  const channels = useChannels()
  const mayConnect = useRight('channels.create') && channels.length === 0

  const step = (by: number) => {
    const at = rows.findIndex((row) => row.contact.cardId === chosen)
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)]
    if (next) void navigate({ to: '/waiting/$cardId', params: { cardId: next.contact.cardId } })
  }
  useKeys({ j: () => step(1), k: () => step(-1) })

  const groups = Map.groupBy(
    rows.map((row) => ({ row, minutesLeft: minutesLeftBy(now, row, dataUpdatedAt) })),
    ({ minutesLeft }) => toneOf(minutesLeft),
  )
  return (
    <section className={classes.list} aria-label={t('waiting.title')}>
      <div className={classes.head}>
        <h1>{t('waiting.title')}</h1>
        {channels.length > 1 && (
          <select
            className={classes.channels}
            aria-label={t('due.channel')}
            value={channelId}
            onChange={(event) => setChannel(event.currentTarget.value)}
          >
            <option value="">{t('due.channels')}</option>
            {channels.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
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
        {tones.map((tone) => {
          const items = groups.get(tone) ?? []
          if (items.length === 0) return null
          return (
            <Fragment key={tone}>
              <div className={`${classes.group} ${classes[tone]}`}>{`${t(`due.${tone}`)} · ${items.length}`}</div>
              {items.map(({ row, minutesLeft }) => (
                <WaitingRow key={row.contact.cardId} row={row} minutesLeft={minutesLeft} />
              ))}
            </Fragment>
          )
        })}
      </div>
      <OwnDay />
    </section>
  )
}
