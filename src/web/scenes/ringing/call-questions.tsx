import { TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { tellError } from '../../components/tell.ts'
import type { CallItem } from './ring-kind.ts'
import classes from './ringing.module.css'

interface QuestionsProps {
  call: CallItem
  teamId: string | null
  fields: Record<string, unknown>
}

/** What is asked in a call of this number, else of this team, else of any; each answer fills its field of the card as it is left. */
export function CallQuestions({ call, teamId, fields }: QuestionsProps) {
  const [written, setWritten] = useState<Record<string, string>>({})
  const lists = useQuery({ queryKey: ['questions'], queryFn: () => api.questions.list(), staleTime: 60_000 })
  const items = lists.data?.items ?? []
  const list =
    items.find(({ dialled }) => dialled !== null && dialled === call.dialled) ??
    items.find((one) => one.dialled === null && one.teamId !== null && one.teamId === teamId) ??
    items.find((one) => one.dialled === null && one.teamId === null)
  const save = useMutation({
    mutationFn: (answer: Record<string, string>) => api.contacts.update({ id: call.contactId ?? '', fields: answer }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['contacts'] }),
    onError: tellError,
  })
  if (!list || call.contactId === null) return null
  return (
    <div className={classes.fields}>
      {list.questions.map(({ text, field }) => {
        const kept = typeof fields[field] === 'string' ? fields[field] : ''
        const value = written[field] ?? kept
        return (
          <TextInput
            key={field}
            size="xs"
            label={text}
            value={value}
            onChange={(event) => setWritten({ ...written, [field]: event.currentTarget.value })}
            onBlur={() => value !== kept && save.mutate({ [field]: value })}
          />
        )
      })}
    </div>
  )
}
