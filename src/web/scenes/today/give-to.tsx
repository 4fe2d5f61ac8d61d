import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { tell, tellError } from '../../components/tell.ts'
import classes from './today.module.css'

const workers = ['operator', 'manager', 'admin']

/** Gives a client whom nobody answered to somebody, from the row itself: his conversation, and the lead if the row is one. */
export function GiveTo({ cardId, leadId }: { cardId: string; leadId?: string }) {
  const { t } = useTranslation()
  const may = useRight('conversations.assign')
  const [given, setGiven] = useState('')
  const users = useQuery({ queryKey: ['users', 'names'], queryFn: () => api.users.list({ limit: 200 }), enabled: may })
  const people = users.data?.items.filter(({ role, disabledAt }) => disabledAt === null && workers.includes(role)) ?? []
  const give = useMutation({
    mutationFn: async (userId: string) => {
      if (leadId !== undefined) await api.leads.update({ id: leadId, ownerId: userId })
      const { items } = await api.conversations.list({ contactId: cardId, limit: 50 })
      const owed = items.find(({ waitingSince }) => waitingSince !== null) ?? items[0]
      if (owed) await api.conversations.assign({ id: owed.id, userId })
    },
    onSuccess: async (_, userId) => {
      setGiven(userId)
      tell(t('today.given', { name: people.find(({ id }) => id === userId)?.name ?? '' }))
      await Promise.all(['conversations', 'leads', 'waiting'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
    },
    onError: tellError,
  })
  if (!may) return null
  return (
    <select
      className={classes.give}
      aria-label={t('today.giveTo')}
      disabled={give.isPending}
      value={given}
      onChange={(event) => {
        if (event.currentTarget.value) give.mutate(event.currentTarget.value)
      }}
    >
      <option value="">{t('today.giveTo')}</option>
      {people.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}
