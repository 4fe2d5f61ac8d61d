import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { todayHere } from '../../components/day-span.ts'
import { ExportButton } from '../../components/export-button.tsx'
import { Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { tell, tellError } from '../../components/tell.ts'
import { useKeys } from '../../components/use-keys.ts'
import { usePages } from '../../components/use-pages.ts'
import { VirtualTable } from '../../components/virtual-table.tsx'
import type { CallItem } from '../ringing/ring-kind.ts'
import { asked, everyCall, exported } from './asked-calls.ts'
import { CallFilter } from './call-filter.tsx'
import { CallReview } from './call-review.tsx'
import classes from './calls.module.css'
import { ChecklistForm } from './checklist-form.tsx'
import { useCallColumns } from './use-call-columns.tsx'
import { useReviews } from './use-reviews.ts'

const typedMs = 250

/** Every call, the newest first; beside the list the one that is open: its sound, what is said of it, and what was done in it. */
export function CallsScene() {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate({ from: '/calls' })
  const { callId, at } = useSearch({ from: '/shell/calls' })
  const [shown, setShown] = useState(everyCall)
  const [isEditing, setEditing] = useState(false)
  const mayReview = useRight('reviews.save')
  const mayEdit = useRight('checklist.save')
  const [settled] = useDebouncedValue(shown, typedMs)
  const filter = useMemo(() => asked(settled), [settled])
  const calls = usePages<CallItem>(['calls', 'list', filter], (cursor) => api.calls.list({ ...filter, limit: 100, ...(cursor && { cursor }) }))
  const columns = useCallColumns(useReviews(calls.items.map(({ id }) => id)))
  const open = (id: string) => void navigate({ search: { callId: id } })
  const index = calls.items.findIndex(({ id }) => id === callId)
  const step = (by: number) => {
    const next = calls.items[index + by]
    if (next) open(next.id)
  }
  useKeys({ bracketleft: () => step(-1), bracketright: () => step(1) })
  const draw = useMutation({
    mutationFn: () => api.reviews.draw({ day: shown.day || todayHere() }),
    onSuccess: async ({ drawn }) => {
      tell(t('calls.drawn', { count: drawn }))
      setShown({ ...shown, view: 'sampled' })
      await queryClient.invalidateQueries({ queryKey: ['calls'] })
    },
    onError: tellError,
  })
  const chosen = calls.items.find(({ id }) => id === callId)
  return (
    <Page
      title={t('calls.title')}
      acts={
        <>
          <ExportButton
            choices={[
              { label: t('calls.exportCsv'), kind: 'calls', format: 'csv' },
              { label: t('calls.exportXlsx'), kind: 'calls', format: 'xlsx' },
            ]}
            filter={exported(filter)}
          />
          {mayEdit && (
            <Button variant="default" onClick={() => setEditing(true)}>
              {t('calls.checklist')}
            </Button>
          )}
          {mayReview && (
            <Button variant="default" component="a" href={`/api/v1/reviews/rows.csv?language=${i18n.language === 'ru' ? 'ru' : 'en'}`} download>
              {t('calls.csv')}
            </Button>
          )}
          {mayReview && (
            <Button variant="default" loading={draw.isPending} onClick={() => draw.mutate()}>
              {t('calls.draw')}
            </Button>
          )}
        </>
      }
    >
      <div className={classes.split}>
        <div className={classes.list}>
          <CallFilter value={shown} onChange={setShown} />
          {calls.isPending && <SkeletonRows />}
          {calls.isEmpty && <Empty title={t('calls.empty')} hint={t('calls.emptyHint')} />}
          {calls.items.length > 0 && (
            <VirtualTable
              label={t('calls.title')}
              columns={columns}
              items={calls.items}
              rowKey={({ id }) => id}
              chosen={callId}
              onOpen={({ id }) => open(id)}
              {...(calls.more && { more: calls.more })}
            />
          )}
        </div>
        {callId && <CallReview key={callId} callId={callId} known={chosen} startAt={at} onStep={step} />}
      </div>
      {isEditing && <ChecklistForm onClose={() => setEditing(false)} />}
    </Page>
  )
}
