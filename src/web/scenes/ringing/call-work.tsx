import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { MomentField } from '../../components/day-field.tsx'
import { tellError } from '../../components/tell.ts'
import { CallQuestions } from './call-questions.tsx'
import type { CallItem } from './ring-kind.ts'
import classes from './ringing.module.css'
import { useTeamOf } from './use-team-of.ts'

const typedMs = 600

/** What is written of a call, during it or after: note, result, what to do next and when, by the client's clock where it is known. The next call never waits for it. */
export function CallWork({ call }: { call: CallItem }) {
  const { t } = useTranslation()
  const mayWrite = useRight('calls.update')
  const [note, setNote] = useState(call.note ?? '')
  const [step, setStep] = useState('')
  const [local, setLocal] = useState('')
  const teamId = useTeamOf(call)
  const lists = useQuery({ queryKey: ['dispositions'], queryFn: () => api.dispositions.list(), staleTime: 60_000 })
  const contact = useQuery({
    queryKey: ['contacts', call.contactId],
    queryFn: () => api.contacts.get({ id: call.contactId ?? '' }),
    enabled: call.contactId !== null,
    retry: false,
  })
  const hasZone = typeof contact.data?.fields.timeZone === 'string'
  const zone = hasZone ? 'client' : Intl.DateTimeFormat().resolvedOptions().timeZone
  const names = (lists.data?.items.find((list) => list.teamId === teamId) ?? lists.data?.items.find((list) => list.teamId === null))?.names ?? []
  const save = useMutation({
    mutationFn: (patch: { note?: string; disposition?: string | null }) => api.calls.update({ id: call.id, ...patch }),
    onError: tellError,
  })
  const keep = useDebouncedCallback((text: string) => save.mutate({ note: text }), { delay: typedMs, flushOnUnmount: true })
  const finish = useMutation({
    mutationFn: async () => {
      if (local !== '') await api.tasks.create({ title: step.trim() || t('ring.callBack'), due: { local, zone }, callId: call.id })
      await api.calls.update({ id: call.id, note, wrappedUp: true })
      await Promise.all(['tasks', 'timeline', 'calls'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
    },
    onError: tellError,
  })
  if (!mayWrite) return null
  return (
    <div className={classes.work}>
      <CallQuestions call={call} teamId={teamId} fields={contact.data?.fields ?? {}} />
      <form
        className={classes.fields}
        onSubmit={(event) => {
          event.preventDefault()
          finish.mutate()
        }}
      >
        <Textarea
          size="xs"
          autosize
          minRows={1}
          maxRows={4}
          label={t('ring.note')}
          placeholder={t('ring.noteHint')}
          value={note}
          onChange={(event) => {
            setNote(event.currentTarget.value)
            keep(event.currentTarget.value)
          }}
        />
        <NativeSelect
          size="xs"
          label={t('ring.result')}
          value={call.disposition ?? ''}
          onChange={(event) => save.mutate({ disposition: event.currentTarget.value || null })}
          data={[{ value: '', label: t('ring.noResult') }, ...new Set([...names, ...(call.disposition ? [call.disposition] : [])])]}
        />
        <TextInput
          size="xs"
          label={t('ring.next')}
          placeholder={t('ring.callBack')}
          maxLength={500}
          value={step}
          onChange={(event) => setStep(event.currentTarget.value)}
        />
        <MomentField size="xs" label={t(hasZone ? 'ring.whenClient' : 'ring.when')} required={step.trim() !== ''} value={local} onChange={setLocal} />
        {call.state === 'ended' && (
          <Button type="submit" size="xs" loading={finish.isPending}>
            {t('ring.done')}
          </Button>
        )}
      </form>
    </div>
  )
}
