import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useSession } from '../api/session.ts'
import { MomentField } from './day-field.tsx'
import { tellError } from './tell.ts'
import { tellWith } from './tell-with.tsx'
import classes from './touch-form.module.css'
import { isAnswer, type TouchWords, touchMedia, touchOf, unsaid, wordsOf } from './touch-words.ts'

interface FormProps {
  /** The card; a new client is made when it is saved. */
  contactOf(): Promise<string>
  /** What was logged and is to be corrected. */
  logged?: Parameters<typeof wordsOf>[0]
  onDone(cardId: string): void
}

/** A visit, a letter on paper, a call on one's own telephone: what the system did not see. */
export function TouchForm({ contactOf, logged, onDone }: FormProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState<TouchWords>(() => (logged ? wordsOf(logged) : unsaid(new Date())))
  const set = (change: Partial<TouchWords>) => setWords({ ...words, ...change })
  const results = useResults(words.disposition)
  const save = useMutation({
    mutationFn: async () => {
      const { nextStep, ...touch } = touchOf(words)
      const cardId = await contactOf()
      const saved = logged
        ? await api.touches.change({ id: logged.id, ...touch })
        : await api.touches.log({ id: cardId, ...touch, ...(nextStep && { nextStep }) })
      return { cardId, saved, isAnswered: touch.answered }
    },
    onSuccess: async ({ cardId, saved, isAnswered }) => {
      await Promise.all(
        ['timeline', 'waiting', 'conversations', 'tasks', 'contacts'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
      )
      if (!logged) tellWith(t(isAnswered ? 'touch.saved' : 'touch.savedOnly'), { label: t('touch.undo'), run: () => void undoTouch(saved.id) })
      onDone(cardId)
    },
    onError: tellError,
  })
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <NativeSelect
        label={t('touch.how')}
        data={touchMedia.map((value) => ({ value, label: t(`touch.${value}`) }))}
        value={words.medium}
        onChange={(event) => set({ medium: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('touch.who')}
        data={(['inbound', 'outbound'] as const).map((value) => ({ value, label: t(`touch.${value}`) }))}
        value={words.direction}
        onChange={(event) => set({ direction: event.currentTarget.value === 'inbound' ? 'inbound' : 'outbound' })}
      />
      <MomentField label={t('touch.when')} required value={words.at} onChange={(at) => set({ at, isAtChosen: true })} />
      <NativeSelect
        label={t('touch.result')}
        data={[{ value: '', label: t('touch.noResult') }, ...results]}
        value={words.disposition}
        onChange={(event) => set({ disposition: event.currentTarget.value })}
      />
      <TextInput label={t('touch.topic')} maxLength={300} value={words.topic} onChange={(event) => set({ topic: event.currentTarget.value })} />
      <TextInput label={t('touch.source')} maxLength={300} value={words.source} onChange={(event) => set({ source: event.currentTarget.value })} />
      <Textarea
        className={classes.wide ?? ''}
        label={t('touch.note')}
        autosize
        minRows={2}
        maxRows={8}
        value={words.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      {!logged && (
        <>
          <TextInput label={t('touch.next')} maxLength={500} value={words.next} onChange={(event) => set({ next: event.currentTarget.value })} />
          <MomentField
            label={t('touch.nextAt')}
            required={words.next !== ''}
            disabled={words.next === ''}
            value={words.nextAt}
            onChange={(nextAt) => set({ nextAt })}
          />
        </>
      )}
      <Checkbox
        className={classes.wide ?? ''}
        label={t('touch.answered')}
        checked={isAnswer(words)}
        onChange={(event) => set({ answered: event.currentTarget.checked })}
      />
      <Button type="submit" loading={save.isPending}>
        {t(logged ? 'touch.change' : 'touch.save')}
      </Button>
    </form>
  )
}

/** Takes a record by hand back. */
export async function undoTouch(id: string): Promise<void> {
  await api.touches.undo({ id }).catch(tellError)
  await Promise.all(['timeline', 'waiting', 'conversations'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
}

/** The results of one's own teams, else the firm's; what was chosen before stays among them. */
function useResults(chosen: string): string[] {
  const session = useSession()
  const lists = useQuery({ queryKey: ['dispositions'], queryFn: () => api.dispositions.list() })
  const teams = useQuery({ queryKey: ['teams'], queryFn: () => api.teams.list({ limit: 200 }) })
  const mine = teams.data?.items.filter((team) => team.memberIds.includes(session.user.id)).map(({ id }) => id) ?? []
  const all = lists.data?.items ?? []
  const own = all.filter(({ teamId }) => teamId !== null && mine.includes(teamId))
  const names = (own.length > 0 ? own : all.filter(({ teamId }) => teamId === null)).flatMap((list) => list.names)
  return [...new Set([...names, ...(chosen ? [chosen] : [])])]
}
