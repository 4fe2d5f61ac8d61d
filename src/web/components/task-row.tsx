import { Checkbox, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { api as Api } from '../api/client.ts'
import { api } from '../api/client.ts'
import { usePeople } from '../api/names.ts'
import { queryClient } from '../api/query-client.ts'
import { useRight, useSession } from '../api/session.ts'
import { snoozeTimes } from './snooze-times.ts'
import classes from './task-row.module.css'
import { tellError } from './tell.ts'
import { tellWith } from './tell-with.tsx'
import { absoluteTime, shownTime } from './when.ts'

export type TaskItem = Awaited<ReturnType<typeof Api.tasks.list>>['items'][number]

const changed = () => queryClient.invalidateQueries({ queryKey: ['tasks'] })

/** One promise: a box to tick, what and by when, whose. Ticked by mistake it comes back with one click; its time opens what puts it off. */
export function TaskRow({ task, withClient }: { task: TaskItem; withClient: boolean }) {
  const { t } = useTranslation()
  const session = useSession()
  const nameOf = usePeople()
  const mayChange = useRight('tasks.done')
  const act = useMutation({ mutationFn: (work: () => Promise<unknown>) => work(), onSuccess: changed, onError: tellError })
  const tick = () =>
    act.mutate(async () => {
      if (task.doneAt) return await api.tasks.reopen({ id: task.id })
      await api.tasks.done({ id: task.id })
      notifications.hide(`task ${task.id}`)
      tellWith(t('tasks.isDone', { title: task.title }), { label: t('tasks.undo'), run: () => act.mutate(() => api.tasks.reopen({ id: task.id })) })
      return undefined
    })
  const putOff = (at: Date) => act.mutate(() => api.tasks.update({ id: task.id, due: { at: at.toISOString() } }))
  const isOverdue = task.doneAt === null && Date.parse(task.dueAt) <= Date.now()
  const whose = task.assigneeId === session.user.id ? t('waiting.you') : task.assigneeId ? nameOf(task.assigneeId) : t('waiting.nobody')
  return (
    <div className={classes.task} data-done={task.doneAt !== null}>
      <Checkbox
        size="xs"
        checked={task.doneAt !== null}
        disabled={!mayChange}
        onChange={tick}
        aria-label={t('tasks.markDone', { title: task.title })}
      />
      <span className={classes.title}>
        {task.title}
        <span className={classes.whose}>
          {withClient && task.cardId && (
            <Link to="/waiting/$cardId" params={{ cardId: task.cardId }} className={classes.client ?? ''}>
              {task.contactName || t('waiting.unnamed')}
            </Link>
          )}
          {whose}
        </span>
      </span>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <button type="button" className={classes.due} data-overdue={isOverdue} disabled={!mayChange} title={absoluteTime(task.dueAt)}>
            {shownTime(task.dueAt)}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('tasks.snooze')}</Menu.Label>
          <Menu.Item onClick={() => putOff(snoozeTimes.inMinutes(15))}>{t('tasks.later15')}</Menu.Item>
          <Menu.Item onClick={() => putOff(snoozeTimes.inMinutes(60))}>{t('tasks.laterHour')}</Menu.Item>
          <Menu.Item onClick={() => putOff(snoozeTimes.tomorrow())}>{t('tasks.laterMorning')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
