import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import { MoreButton } from '../../components/more-button.tsx'
import { Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { usePages } from '../../components/use-pages.ts'
import { absoluteTime } from '../../components/when.ts'
import { DeliveryPanel } from './delivery-panel.tsx'
import classes from './log.module.css'
import { Refusals } from './refusals.tsx'
import { StepTrack } from './step-track.tsx'

const statuses = ['all', 'applied', 'received', 'held', 'ignored', 'parked'] as const
type Filter = (typeof statuses)[number]

/** Everything that came: what each delivery is, what was read from it, what it made. */
export function LogScene() {
  const { t, i18n } = useTranslation()
  const [filter, setFilter] = useState<Filter>('all')
  const [chosen, setChosen] = useState<string>()
  const channels = useQuery({ queryKey: ['channels'], queryFn: () => api.channels.list() })
  const nameOf = (id: string) => channels.data?.items.find((channel) => channel.id === id)?.name ?? '—'
  const list = usePages(['deliveries', filter], (cursor) =>
    api.deliveries.list({ limit: 50, ...(cursor && { cursor }), ...(filter !== 'all' && { status: filter }) }),
  )
  return (
    <Page title={t('log.title')} hint={t('log.hint')}>
      <div className={classes.log}>
        <section className={classes.list}>
          <div className={classes.filter}>
            <SegmentedControl
              size="xs"
              value={filter}
              onChange={(value) => setFilter(value as Filter)}
              data={statuses.map((value) => ({ value, label: t(`log.${value}`) }))}
            />
          </div>
          <div className={classes.rows}>
            {list.isPending && <SkeletonRows />}
            {list.isEmpty && <Empty title={t('log.empty')} />}
            {list.items.length > 0 && (
              <table className={components.table}>
                <thead>
                  <tr>
                    <th>{t('log.at')}</th>
                    <th>{t('log.channel')}</th>
                    <th>{t('log.steps')}</th>
                    <th>{t('log.result')}</th>
                  </tr>
                </thead>
                <tbody>
                  {list.items.map((delivery) => (
                    <tr
                      key={delivery.id}
                      data-clickable
                      tabIndex={0}
                      aria-selected={delivery.id === chosen}
                      onClick={() => setChosen(delivery.id)}
                      onKeyDown={(event) => event.key === 'Enter' && setChosen(delivery.id)}
                    >
                      <td title={absoluteTime(delivery.receivedAt)}>{new Date(delivery.receivedAt).toLocaleTimeString(i18n.language)}</td>
                      <td>{nameOf(delivery.channelId)}</td>
                      <td>
                        <StepTrack status={delivery.status} />
                      </td>
                      <td>{delivery.reason ?? delivery.events.map((event) => event.kind).join(', ')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            <MoreButton {...(list.more && { more: list.more })} />
          </div>
          <Refusals nameOf={nameOf} />
        </section>
        {chosen && <DeliveryPanel key={chosen} id={chosen} />}
      </div>
    </Page>
  )
}
