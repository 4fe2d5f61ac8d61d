import { SegmentedControl, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import { MoreButton } from '../../components/more-button.tsx'
import { Chip, Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { shownReason } from '../../components/shown-reason.ts'
import { usePages } from '../../components/use-pages.ts'
import { absoluteTime, shownClock } from '../../components/when.ts'
import { DeliveryPanel } from './delivery-panel.tsx'
import { shownKind } from './event-kind.ts'
import classes from './log.module.css'
import { Refusals } from './refusals.tsx'
import { StepTrack } from './step-track.tsx'

const statuses = ['all', 'applied', 'received', 'held', 'ignored', 'parked'] as const
type Filter = (typeof statuses)[number]

/** Everything that came: what each delivery is, what was read from it, what it made. */
export function LogScene() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [filter, setFilter] = useState<Filter>('all')
  const [channelId, setChannelId] = useState<string | null>(null)
  const { deliveryId: chosen } = useSearch({ from: '/shell/log' })
  const choose = (deliveryId?: string) => void navigate({ to: '/log', search: deliveryId ? { deliveryId } : {} })
  const channels = useQuery({ queryKey: ['channels'], queryFn: () => api.channels.list() })
  const nameOf = (id: string) => channels.data?.items.find((channel) => channel.id === id)?.name ?? '—'
  const list = usePages(['deliveries', filter, channelId], (cursor) =>
    api.deliveries.list({ limit: 50, ...(cursor && { cursor }), ...(filter !== 'all' && { status: filter }), ...(channelId && { channelId }) }),
  )
  return (
    <Page title={t('log.title')} hint={t('log.hint')}>
      <div className={classes.log} data-open={chosen !== undefined}>
        <section className={classes.list}>
          <div className={classes.filter}>
            <SegmentedControl
              size="xs"
              value={filter}
              onChange={(value) => setFilter(value as Filter)}
              data={statuses.map((value) => ({ value, label: t(`log.${value}`) }))}
            />
            <Select
              size="xs"
              w="11rem"
              aria-label={t('log.channel')}
              placeholder={t('log.allChannels')}
              clearable
              data={(channels.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              value={channelId}
              onChange={setChannelId}
            />
          </div>
          <div className={classes.rows}>
            {list.isPending && <SkeletonRows />}
            {list.isEmpty && <Empty title={t('log.empty')} hint={t('log.emptyHint')} />}
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
                      onClick={() => choose(delivery.id)}
                      onKeyDown={(event) => event.key === 'Enter' && choose(delivery.id)}
                    >
                      <td title={absoluteTime(delivery.receivedAt)}>{shownClock(delivery.receivedAt)}</td>
                      <td>{nameOf(delivery.channelId)}</td>
                      <td>
                        <StepTrack status={delivery.status} />
                      </td>
                      <td className={delivery.status === 'parked' ? classes.wrong : undefined}>
                        <span className={classes.came}>
                          {delivery.reason
                            ? shownReason(delivery.reason)
                            : [...new Set(delivery.events.map(({ kind }) => shownKind(kind)))].join(', ')}
                          {delivery.events.some(({ status }) => status === 'quarantined') && <Chip tone="soon">{t('log.one.quarantined')}</Chip>}
                          {delivery.repeats > 0 && <Chip>{t('log.duplicates')}</Chip>}
                        </span>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            <MoreButton {...(list.more && { more: list.more })} />
          </div>
          <Refusals nameOf={nameOf} />
        </section>
        {chosen ? (
          <DeliveryPanel key={chosen} id={chosen} channelName={nameOf} onClose={() => choose()} />
        ) : (
          <section className={classes.panel}>
            <Empty title={t('log.choose')} hint={t('log.chooseHint')} />
          </section>
        )}
      </div>
    </Page>
  )
}
