import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import { MoreButton } from '../../components/more-button.tsx'
import { NewTask } from '../../components/new-task.tsx'
import { Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { type TaskItem, TaskRow } from '../../components/task-row.tsx'
import { useNow } from '../../components/use-now.ts'
import { usePages } from '../../components/use-pages.ts'
import classes from './tasks.module.css'

const views = ['mine', 'all', 'done'] as const
type View = (typeof views)[number]
const groups = ['overdue', 'today', 'later', 'finished'] as const

/** What was promised, what is overdue first. */
export function TasksScene() {
  const { t } = useTranslation()
  const [view, setView] = useState<View>('mine')
  const now = useNow(30_000)
  const filter =
    view === 'mine' ? { assignee: 'me' as const, state: 'open' as const } : { state: view === 'done' ? ('done' as const) : ('open' as const) }
  const tasks = usePages(['tasks', 'scene', view], (cursor) => api.tasks.list({ limit: 100, ...filter, ...(cursor && { cursor }) }))
  const byGroup = Map.groupBy(tasks.items, (task) => groupOf(task, now))
  return (
    <Page
      title={t('tasks.title')}
      acts={
        <SegmentedControl
          size="xs"
          value={view}
          onChange={(value) => setView(value as View)}
          data={views.map((value) => ({ value, label: t(`tasks.${value}`) }))}
        />
      }
    >
      <div className={components.body}>
        <div className={classes.column}>
          <NewTask isWide onAdded={() => {}} />
          {tasks.isPending && <SkeletonRows />}
          {tasks.isEmpty && <Empty title={t('tasks.empty')} hint={t('tasks.emptyHint')} />}
          {groups.map((group) => {
            const items = byGroup.get(group) ?? []
            if (items.length === 0) return null
            return (
              <section key={group} className={classes.group} aria-label={t(`tasks.${group}`)}>
                <h2 data-group={group}>{`${t(`tasks.${group}`)} · ${items.length}`}</h2>
                {items.map((task) => (
                  <TaskRow key={task.id} task={task} withClient />
                ))}
              </section>
            )
          })}
          <MoreButton {...(tasks.more && { more: tasks.more })} />
        </div>
      </div>
    </Page>
  )
}

function groupOf(task: TaskItem, now: number): (typeof groups)[number] {
  if (task.doneAt !== null) return 'finished'
  if (Date.parse(task.dueAt) <= now) return 'overdue'
  return new Date(task.dueAt).toDateString() === new Date(now).toDateString() ? 'today' : 'later'
}
