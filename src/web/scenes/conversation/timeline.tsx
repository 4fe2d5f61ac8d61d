import { Button } from '@mantine/core'
import { Fragment, useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../components/page.tsx'
import { shownDay } from '../../components/when.ts'
import { continues } from './continues.ts'
import classes from './conversation.module.css'
import { Entry } from './entry.tsx'
import type { EntryItem } from './entry-item.ts'
import { EventLine, isEventLine } from './event-line.tsx'
import { TouchLine } from './touch-line.tsx'

/** Entries come newest first and are shown oldest first. Nothing that arrives moves the place one reads, unless it was the end. */
export function Timeline({ entries, isNarrowed = false, onEarlier }: { entries: EntryItem[]; isNarrowed?: boolean; onEarlier?: () => void }) {
  const { t } = useTranslation()
  const frame = useRef<HTMLDivElement>(null)
  const wasAtEnd = useRef(true)
  const newest = entries[0]?.id
  useLayoutEffect(() => {
    if (newest && wasAtEnd.current && frame.current) frame.current.scrollTop = frame.current.scrollHeight
  }, [newest])
  useEffect(() => {
    const box = frame.current
    if (!box) return
    const watcher = new ResizeObserver(() => {
      if (wasAtEnd.current) box.scrollTop = box.scrollHeight
    })
    watcher.observe(box)
    return () => watcher.disconnect()
  }, [])

  const shown = [...entries].reverse()
  return (
    <div
      ref={frame}
      className={classes.timeline}
      onScroll={({ currentTarget: box }) => {
        wasAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 40
      }}
    >
      <div className={classes.inner}>
        {onEarlier && (
          <Button variant="subtle" onClick={onEarlier}>
            {t('conversation.earlier')}
          </Button>
        )}
        {shown.length === 0 && <Empty title={t(isNarrowed ? 'history.nothing' : 'conversation.emptyTimeline')} />}
        {shown.map((entry, index) => {
          const day = shownDay(entry.occurredAt)
          const before = shown[index - 1]
          const isNewDay = !before || shownDay(before.occurredAt) !== day
          return (
            <Fragment key={entry.id}>
              {isNewDay && <div className={classes.day}>{day}</div>}
              {entry.extra?.event === 'touch' ? (
                <TouchLine entry={entry} />
              ) : isEventLine(entry) ? (
                <EventLine entry={entry} />
              ) : (
                <Entry entry={entry} isContinued={!isNewDay && continues(before, entry)} />
              )}
            </Fragment>
          )
        })}
      </div>
    </div>
  )
}
