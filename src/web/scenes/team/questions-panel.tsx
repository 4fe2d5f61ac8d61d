import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useMutation, useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useChannels } from '../../api/names.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { tell, tellError } from '../../components/tell.ts'
import routing from '../routing/routing.module.css'

const ofFirm = 'firm'

/** What operators ask in a call, by team or by number of ours: a line each, `question = field of the card`. */
export function QuestionsPanel() {
  const { t } = useTranslation()
  const may = useRight('questions.save')
  const [whose, setWhose] = useState(ofFirm)
  const [written, setWritten] = useState<string>()
  const lists = useQuery({ queryKey: ['questions'], queryFn: () => api.questions.list(), enabled: may })
  const teams = useQuery({ queryKey: ['teams'], queryFn: () => api.teams.list({ limit: 200 }), enabled: may })
  const pbxs = useChannels().filter(({ media }) => media.includes('voice'))
  const addresses = useQueries({
    queries: pbxs.map(({ id }) => ({ queryKey: ['addresses', id], queryFn: () => api.addresses.list({ id }), enabled: may })),
    combine: (results) => results.flatMap(({ data }) => data?.items ?? []),
  })
  const items = lists.data?.items ?? []
  const keyOf = (list: { teamId: string | null; dialled: string | null }) => list.dialled ?? list.teamId ?? ofFirm
  const text =
    written ??
    items
      .find((list) => keyOf(list) === whose)
      ?.questions.map((one) => `${one.text} = ${one.field}`)
      .join('\n') ??
    ''
  const team = teams.data?.items.find(({ id }) => id === whose)
  const save = useMutation({
    mutationFn: () => {
      const own = { teamId: team?.id ?? null, dialled: team || whose === ofFirm ? null : whose, questions: read(text) }
      return api.questions.save({ items: [...items.filter((list) => keyOf(list) !== whose), own] })
    },
    onSuccess: async () => {
      setWritten(undefined)
      await queryClient.invalidateQueries({ queryKey: ['questions'] })
      tell(t('questions.saved'))
    },
    onError: tellError,
  })
  if (!may || pbxs.length === 0) return null
  const named = new Map(addresses.map(({ value, name }) => [value, name ? `${name}, ${value}` : value]))
  const numbers = [...new Set([...named.keys(), ...items.flatMap(({ dialled }) => dialled ?? [])])]
  return (
    <section className={routing.form} style={{ padding: '1rem', maxWidth: '24rem' }} aria-label={t('questions.title')}>
      <h2 style={{ margin: 0, fontSize: '0.875rem' }}>{t('questions.title')}</h2>
      <p className={routing.hint}>{t('questions.hint')}</p>
      <NativeSelect
        size="xs"
        aria-label={t('questions.whose')}
        value={whose}
        data={[
          { value: ofFirm, label: t('questions.firm') },
          ...(teams.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ...numbers.map((value) => ({ value, label: named.get(value) ?? value })),
        ]}
        onChange={(event) => {
          setWhose(event.currentTarget.value)
          setWritten(undefined)
        }}
      />
      <Textarea
        size="xs"
        autosize
        minRows={3}
        aria-label={t('questions.title')}
        placeholder={t('questions.example')}
        value={text}
        onChange={(event) => setWritten(event.currentTarget.value)}
      />
      <Button variant="default" disabled={written === undefined} loading={save.isPending} onClick={() => save.mutate()}>
        {t('common.save')}
      </Button>
    </section>
  )
}

/** A line without a field fills one of its own words. */
function read(text: string): { text: string; field: string }[] {
  return text
    .split('\n')
    .map((line) => line.split('='))
    .map(([question = '', field]) => ({ text: question.trim(), field: (field ?? question).trim() }))
    .filter((one) => one.text !== '' && one.field !== '')
}
