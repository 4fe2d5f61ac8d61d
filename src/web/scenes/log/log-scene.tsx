import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'
import { Chip, Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { shownReason } from '../../components/shown-reason.ts'
import { usePages } from '../../components/use-pages.ts'
import { type Column, VirtualTable } from '../../components/virtual-table.tsx'
import { absoluteTime, shownClock } from '../../components/when.ts'
import { DeliveryPanel } from './delivery-panel.tsx'
import { shownKind } from './event-kind.ts'
import classes from './log.module.css'
import { askedOf, everything, LogFilter } from './log-filter.tsx'
import { Refusals } from './refusals.tsx'
import { RemoveFound } from './remove-found.tsx'
import { ReplayFound } from './replay-found.tsx'
import { ReplayWindow } from './replay-window.tsx'
import { StepTrack } from './step-track.tsx'

type DeliveryItem = Awaited<ReturnType<typeof api.deliveries.list>>['items'][number]

const typedMs = 300

/** Everything that came: what each delivery is, what was read from it, what it made, what a replay would change. */
export function LogScene() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayReplay = useRight('replays.create')
  const [filter, setFilter] = useState(everything)
  const [isWindowOpen, setWindowOpen] = useState(false)
  const [settled] = useDebouncedValue(filter, typedMs)
  const asked = askedOf(settled)
  const { deliveryId: chosen } = useSearch({ from: '/shell/log' })
  const choose = (deliveryId?: string) => void navigate({ to: '/log', search: deliveryId ? { deliveryId } : {} })
  const channels = useQuery({ queryKey: ['channels'], queryFn: () => api.channels.list() })
  const nameOf = (id: string) => channels.data?.items.find((channel) => channel.id === id)?.name ?? '—'
  const connectorOf = (id: string) => channels.data?.items.find((channel) => channel.id === id)?.connector
  const list = usePages(['deliveries', asked], (cursor) => api.deliveries.list({ limit: 50, ...(cursor && { cursor }), ...asked }))
  const isNarrowed = Object.keys(asked).length > 0
  return (
    <Page
      title={t('log.title')}
      hint={t('log.hint')}
      acts={
        mayReplay && (
          <>
            {filter.tests === 'only' && <RemoveFound deliveries={list.items} />}
            <ReplayFound isDisabled={list.items.length === 0} onOpen={() => setWindowOpen(true)} />
          </>
        )
      }
    >
      <div className={classes.log} data-open={chosen !== undefined || isWindowOpen}>
        <section className={classes.list}>
          <LogFilter value={filter} channels={channels.data?.items ?? []} onChange={setFilter} />
          {list.isPending && <SkeletonRows />}
          {list.isEmpty && (
            <Empty title={isNarrowed ? t('palette.nothing') : t('log.empty')} hint={isNarrowed ? t('views.widen') : t('log.emptyHint')} />
          )}
          {list.items.length > 0 && (
            <VirtualTable
              label={t('log.title')}
              columns={columns(t, nameOf)}
              items={list.items}
              rowKey={(delivery) => delivery.id}
              chosen={chosen}
              onOpen={(delivery) => {
                setWindowOpen(false)
                choose(delivery.id)
              }}
              {...(list.more && { more: list.more })}
            />
          )}
          <Refusals nameOf={nameOf} />
        </section>
        {isWindowOpen ? (
          <ReplayWindow window={asked} onClose={() => setWindowOpen(false)} />
        ) : chosen ? (
          <DeliveryPanel key={chosen} id={chosen} channelName={nameOf} connectorOf={connectorOf} onClose={() => choose()} />
        ) : (
          <section className={classes.panel}>
            <Empty title={t('log.choose')} hint={t('log.chooseHint')} />
          </section>
        )}
      </div>
    </Page>
  )
}

function columns(t: TFunction, nameOf: (id: string) => string): Column<DeliveryItem>[] {
  return [
    {
      key: 'at',
      title: t('log.at'),
      width: '9.5rem',
      cell: (delivery) => <time>{shownClock(delivery.receivedAt)}</time>,
      hint: (delivery) => absoluteTime(delivery.receivedAt),
    },
    { key: 'channel', title: t('log.channel'), width: 'minmax(0, 1.2fr)', onPhone: 'title', cell: (delivery) => nameOf(delivery.channelId) },
    { key: 'steps', title: t('log.steps'), width: '7.5rem', onPhone: 'aside', cell: (delivery) => <StepTrack status={delivery.status} /> },
    { key: 'result', title: t('log.result'), width: 'minmax(0, 2fr)', cell: (delivery) => <Result delivery={delivery} /> },
  ]
}

function Result({ delivery }: { delivery: DeliveryItem }) {
  const { t } = useTranslation()
  const kinds = [...new Set(delivery.events.map(({ kind }) => shownKind(kind)))].join(', ')
  return (
    <span className={delivery.status === 'parked' ? `${classes.came} ${classes.wrong}` : classes.came}>
      {delivery.test && <Chip tone="soon">{t('tests.chip')}</Chip>} {delivery.reason ? shownReason(delivery.reason) : kinds}
      {delivery.events.some(({ status }) => status === 'quarantined') && <Chip tone="soon">{t('log.one.quarantined')}</Chip>}
      {delivery.repeats > 0 && <Chip>{t('log.duplicates')}</Chip>}
    </span>
  )
}
