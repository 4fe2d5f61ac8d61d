import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'
import { NewTask } from '../../components/new-task.tsx'
import { TaskRow } from '../../components/task-row.tsx'
import classes from './card.module.css'

/** What we promised this client, and one line to promise more. */
export function CardTasks({ cardId }: { cardId: string }) {
  const { t } = useTranslation()
  const mayAdd = useRight('tasks.create')
  const [isAdding, setAdding] = useState(false)
  const tasks = useQuery({
    queryKey: ['tasks', 'card', cardId],
    queryFn: () => api.tasks.list({ contactId: cardId, state: 'open', limit: 50 }),
  })
  const contact = useQuery({ queryKey: ['contacts', cardId], queryFn: () => api.contacts.get({ id: cardId }) })
  const hasClientZone = typeof contact.data?.fields.timeZone === 'string'
  return (
    <section>
      <div className={classes.heading}>
        <h2>{t('tasks.promised')}</h2>
        {mayAdd && (
          <button type="button" className={classes.link} aria-expanded={isAdding} onClick={() => setAdding(!isAdding)}>
            {`+ ${t('tasks.add').toLowerCase()}`}
          </button>
        )}
      </div>
      {tasks.data?.items.map((task) => (
        <TaskRow key={task.id} task={task} withClient={false} />
      ))}
      {isAdding && <NewTask contactId={cardId} hasClientZone={hasClientZone} onAdded={() => setAdding(false)} />}
    </section>
  )
}
