import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { usePeople } from '../../api/names.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { SkeletonRows } from '../../components/page.tsx'
import { shownSeconds } from '../../components/shown-seconds.ts'
import { tellError } from '../../components/tell.ts'
import classes from './calls.module.css'

type Kind = 'call' | 'conversation' | 'card'
type Value = 0 | 1 | null

interface MarksProps {
  kind: Kind
  subjectId: string
  /** Where the recording stands: a 0 carries its moment. Null: there is no recording. */
  at: number | null
  onNext?(): void
}

const parts = ['call', 'conversation', 'card'] as const

/** The checklist: each item 1, 0 or nothing, and the total of what is marked. Who may not mark sees how his own work was marked. */
export function ChecklistMarks({ kind, subjectId, at, onNext }: MarksProps) {
  const { t } = useTranslation()
  const nameOf = usePeople()
  const mayMark = useRight('reviews.save')
  const [given, setGiven] = useState<Record<string, { value: Value; atSeconds: number | null }>>({})
  const list = useQuery({ queryKey: ['checklist'], queryFn: () => api.checklist.get() })
  const reviews = useQuery({ queryKey: ['reviews', kind, subjectId], queryFn: () => api.reviews.list({ kind, subjectIds: [subjectId], limit: 1 }) })
  const review = reviews.data?.items[0]
  const items = list.data?.items.filter(({ part }) => part === kind || part === 'card') ?? []
  const markOf = (itemId: string) => given[itemId] ?? review?.marks.find((mark) => mark.itemId === itemId) ?? { value: null, atSeconds: null }
  const values = items.map(({ id }) => markOf(id).value)
  const save = useMutation({
    mutationFn: () =>
      api.reviews.save({
        kind,
        id: subjectId,
        marks: items.map(({ id }) => ({ itemId: id, value: markOf(id).value, atSeconds: markOf(id).atSeconds })),
      }),
    onSuccess: async () => {
      await Promise.all(['reviews', 'calls'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
      onNext?.()
    },
    onError: tellError,
  })
  if (list.isPending || reviews.isPending) return <SkeletonRows count={4} />
  if (!mayMark && !review) return null
  return (
    <section className={classes.checklist} aria-label={t('calls.checklist')}>
      <h3>
        {t('calls.checklist')} {review && <span className={classes.dim}>{nameOf(review.reviewerId)}</span>}
      </h3>
      {parts
        .filter((part) => items.some((item) => item.part === part))
        .map((part) => (
          <div key={part}>
            <p className={classes.dim}>{t(`calls.part_${part}`)}</p>
            {items
              .filter((item) => item.part === part)
              .map(({ id, text }) => (
                <div key={id} className={classes.item}>
                  <span className={classes.grow}>
                    {text}{' '}
                    {markOf(id).value === 0 && markOf(id).atSeconds !== null && (
                      <span className={classes.moment}>{shownSeconds(markOf(id).atSeconds ?? 0)}</span>
                    )}
                  </span>
                  <fieldset className={classes.marks} aria-label={text} disabled={!mayMark}>
                    {([1, 0, null] as const).map((value) => (
                      <button
                        key={String(value)}
                        type="button"
                        className={classes.mark}
                        data-value={String(value)}
                        aria-pressed={markOf(id).value === value}
                        onClick={() => setGiven({ ...given, [id]: { value, atSeconds: value === 0 ? at : null } })}
                      >
                        {value ?? '—'}
                      </button>
                    ))}
                  </fieldset>
                </div>
              ))}
          </div>
        ))}
      <footer className={classes.total}>
        <span className={classes.grow}>
          <b>{values.filter((value) => value === 1).length}</b> {t('calls.ofTotal', { count: values.filter((value) => value !== null).length })}
        </span>
        {mayMark && (
          <Button size="compact-sm" loading={save.isPending} onClick={() => save.mutate()}>
            {t(onNext ? 'calls.saveNext' : 'common.save')}
          </Button>
        )}
      </footer>
    </section>
  )
}
