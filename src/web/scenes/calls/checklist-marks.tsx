import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { usePeople } from '../../api/names.ts'
import { useRight } from '../../api/session.ts'
import { Key, SkeletonRows } from '../../components/page.tsx'
import { shownSeconds } from '../../components/shown-seconds.ts'
import { useKeys } from '../../components/use-keys.ts'
import classes from './calls.module.css'
import { parts, type ReviewKind, useMarks } from './use-marks.ts'

interface MarksProps {
  kind: ReviewKind
  subjectId: string
  /** Where the recording stands: a 0 carries its moment. Null: there is no recording. */
  at: number | null
  onNext?(): void
}

const choices = [
  { value: 1, code: 'digit1', shown: '1' },
  { value: 0, code: 'digit0', shown: '0' },
  { value: null, code: 'minus', shown: '—' },
] as const

/**
 * The checklist: each item 1, 0 or nothing, by a click or one after the other by the keys 1, 0 and —, and the total of what is marked. Who may not mark sees how
 * his own work was marked.
 */
export function ChecklistMarks({ kind, subjectId, at, onNext }: MarksProps) {
  const { t } = useTranslation()
  const nameOf = usePeople()
  const mayMark = useRight('reviews.save')
  const marks = useMarks(kind, subjectId, at, onNext)
  const { items, review, values } = marks
  useKeys(mayMark ? Object.fromEntries(choices.map(({ code, value }) => [code, () => marks.mark(marks.current?.id, value)])) : {})
  if (marks.isPending) return <SkeletonRows count={4} />
  if (!mayMark && !review) return null
  return (
    <section className={classes.checklist} aria-label={t('calls.checklist')}>
      <h3>
        {t('calls.checklist')} {mayMark && choices.map(({ shown }) => <Key key={shown}>{shown}</Key>)}{' '}
        {review && <span className={classes.dim}>{nameOf(review.reviewerId)}</span>}
      </h3>
      {parts
        .filter((part) => items.some((item) => item.part === part))
        .map((part) => (
          <div key={part}>
            <p className={classes.dim}>{t(`calls.part_${part}`)}</p>
            {items
              .filter((item) => item.part === part)
              .map(({ id, text }) => (
                <Item key={id} marks={marks} id={id} text={text} mayMark={mayMark} />
              ))}
          </div>
        ))}
      <footer className={classes.total}>
        <span className={classes.grow}>
          <b>{values.filter((value) => value === 1).length}</b> {t('calls.ofTotal', { count: values.filter((value) => value !== null).length })}
        </span>
        {mayMark && (
          <Button size="compact-sm" loading={marks.save.isPending} onClick={() => marks.save.mutate()}>
            {t(onNext ? 'calls.saveNext' : 'common.save')}
          </Button>
        )}
      </footer>
    </section>
  )
}

function Item({ marks, id, text, mayMark }: { marks: ReturnType<typeof useMarks>; id: string; text: string; mayMark: boolean }) {
  const { value: given, atSeconds } = marks.markOf(id)
  return (
    <div className={classes.item} data-current={mayMark && marks.current?.id === id}>
      <span className={classes.grow}>
        {text} {given === 0 && atSeconds !== null && <span className={classes.moment}>{shownSeconds(atSeconds)}</span>}
      </span>
      <fieldset className={classes.marks} aria-label={text} disabled={!mayMark}>
        {choices.map(({ value, shown }) => (
          <button
            key={shown}
            type="button"
            className={classes.mark}
            data-value={String(value)}
            aria-pressed={given === value}
            onClick={() => marks.mark(id, value)}
          >
            {shown}
          </button>
        ))}
      </fieldset>
    </div>
  )
}
