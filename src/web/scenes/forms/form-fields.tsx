import { ActionIcon, Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import components from '../../components/components.module.css'
import { Empty, SkeletonRows } from '../../components/page.tsx'
import { tell, tellError } from '../../components/tell.ts'
import { tellWith } from '../../components/tell-with.tsx'
import { shownClock } from '../../components/when.ts'
import type { ChannelView } from '../channels/channel-state.tsx'
import { CardPreview } from './card-preview.tsx'
import { DryRunResult } from './dry-run-result.tsx'
import { FieldTable } from './field-table.tsx'
import classes from './forms.module.css'
import { isSameMapping, type Mapping, mappingOf, rolesOf, withField } from './mapping.ts'
import { MappingHistory } from './mapping-history.tsx'
import { useDryRun } from './use-dry-run.ts'

const mostSamples = 30

/** What each field means, on the requests that really came: the card beside it, whom it would match, and what the past would have become. */
export function FormFields({ channel, deliveryId: asked }: { channel: ChannelView; deliveryId?: string }) {
  const { t } = useTranslation()
  const saved = mappingOf(channel.settings)
  const [draft, setDraft] = useState<Mapping>()
  const [chosen, setChosen] = useState(asked)
  const [part, setPart] = useState(0)
  const dryRun = useDryRun(channel.id)
  const mapping = draft ?? saved
  const isDirty = draft !== undefined && !isSameMapping(draft, saved)
  const samples = useQuery({
    queryKey: ['deliveries', { channelId: channel.id, samples: true }],
    queryFn: () => api.deliveries.list({ channelId: channel.id, limit: mostSamples, tests: 'all' }),
  })
  const former = useQuery({
    queryKey: ['deliveries', 'one', asked],
    queryFn: () => api.deliveries.get({ id: asked ?? '' }),
    enabled: asked !== undefined && samples.data?.items.every(({ id }) => id !== asked) === true,
  })
  const items = [...(samples.data?.items ?? []), ...(former.data?.channelId === channel.id ? [former.data] : [])]
  const deliveryId = items.some(({ id }) => id === chosen) ? chosen : items[0]?.id
  const connector = useQuery({ queryKey: ['connectors', channel.connector], queryFn: () => api.connectors.get({ id: channel.connector }) })
  const preview = useQuery({
    queryKey: ['preview', channel.id, deliveryId, mapping],
    queryFn: () => api.channelTools.preview({ id: channel.id, deliveryId: deliveryId ?? '', settings: { mapping } }),
    enabled: deliveryId !== undefined,
    placeholderData: keepPreviousData,
  })
  const change = (next: Mapping) => {
    setDraft(next)
    dryRun.forget()
  }
  const save = useSaving(channel, saved, () => setDraft(undefined))
  if (samples.isPending) return <SkeletonRows />
  if (deliveryId === undefined) return <Empty title={t('mapping.empty')} hint={t('mapping.emptyHint')} />
  const shown = preview.data?.items[part] ?? preview.data?.items[0]
  return (
    <div className={classes.mapping}>
      <div className={classes.side}>
        <SampleChoice items={items} chosen={deliveryId} onChoose={setChosen} />
        <PartChoice count={preview.data?.items.length ?? 0} chosen={part} onChoose={setPart} />
        <p className={components.hint}>{t('mapping.drag')}</p>
        {shown && <FieldTable fields={shown.fields} roles={rolesOf(connector.data?.settings)} mapping={mapping} onChange={change} />}
        {preview.data && !shown && <Empty title={t('mapping.unread')} hint={t('mapping.emptyHint')} />}
        <div className={classes.acts}>
          <Button variant="default" loading={dryRun.run?.isRunning ?? false} onClick={() => void dryRun.start(mapping)}>
            {t('mapping.tryOut')}
          </Button>
          <span className={components.grow} />
          {isDirty && <span className={components.hint}>{t('mapping.dirty')}</span>}
          {isDirty && (
            <Button variant="subtle" onClick={() => setDraft(undefined)}>
              {t('mapping.reset')}
            </Button>
          )}
          <Button disabled={!isDirty} loading={save.isPending} onClick={() => save.mutate(mapping)}>
            {t('mapping.save')}
          </Button>
        </div>
        {dryRun.run && <DryRunResult run={dryRun.run} onStop={dryRun.stop} />}
        <p className={components.hint}>
          {t('mapping.replayHint')} <Link to="/log">{t('mapping.toLog')}</Link>
        </p>
        <MappingHistory channelId={channel.id} current={saved} onRestore={(former) => save.mutate(former)} />
      </div>
      {shown && <CardPreview preview={shown} onDropField={(path, role) => path && change(withField(mapping, path, { as: role }))} />}
    </div>
  )
}

/** A list of requests that came in one delivery: which of them is shown. */
function PartChoice({ count, chosen, onChoose }: { count: number; chosen: number; onChoose(part: number): void }) {
  const { t } = useTranslation()
  if (count < 2) return null
  return (
    <SegmentedControl
      size="xs"
      className={classes.tabs}
      aria-label={t('mapping.part')}
      value={String(Math.min(chosen, count - 1))}
      onChange={(value) => onChoose(Number(value))}
      data={Array.from({ length: count }, (_, part) => ({ value: String(part), label: String(part + 1) }))}
    />
  )
}

/** Saves a mapping; the former comes back by one press. */
function useSaving(channel: ChannelView, former: Mapping, onSaved: () => void) {
  const { t } = useTranslation()
  const write = async (mapping: Mapping) => {
    await api.channels.update({ id: channel.id, settings: { mapping } })
    await queryClient.invalidateQueries({ queryKey: ['channels'] })
  }
  return useMutation({
    mutationFn: write,
    onSuccess: () => {
      onSaved()
      tellWith(t('mapping.saved'), {
        label: t('mapping.undo'),
        run: () => void write(former).then(() => tell(t('mapping.undone')), tellError),
      })
    },
    onError: tellError,
  })
}

type Delivery = Awaited<ReturnType<typeof api.deliveries.list>>['items'][number]

function SampleChoice({ items, chosen, onChoose }: { items: Delivery[]; chosen: string; onChoose(id: string): void }) {
  const { t } = useTranslation()
  const at = items.findIndex(({ id }) => id === chosen)
  const [later, former] = [items[at - 1], items[at + 1]]
  return (
    <div className={classes.choice}>
      <ActionIcon variant="default" aria-label={t('mapping.former')} disabled={!former} onClick={() => former && onChoose(former.id)}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <NativeSelect
        size="xs"
        aria-label={t('mapping.sample')}
        className={components.grow}
        value={chosen}
        onChange={(event) => onChoose(event.currentTarget.value)}
        data={items.map((item) => ({
          value: item.id,
          label: [shownClock(item.receivedAt), t(`firstRequest.becomes.${item.status}`), item.test && t('tests.chip')].filter(Boolean).join(' · '),
        }))}
      />
      <ActionIcon variant="default" aria-label={t('mapping.later')} disabled={!later} onClick={() => later && onChoose(later.id)}>
        <IconChevronRight size={16} />
      </ActionIcon>
    </div>
  )
}
