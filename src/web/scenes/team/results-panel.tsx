import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { tell, tellError } from '../../components/tell.ts'

/** What may be chosen as the result of a contact, by team. */
export function ResultsPanel() {
  const { t } = useTranslation()
  const may = useRight('dispositions.save')
  const [teamId, setTeamId] = useState('')
  const [written, setWritten] = useState<string>()
  const lists = useQuery({ queryKey: ['dispositions'], queryFn: () => api.dispositions.list(), enabled: may })
  const teams = useQuery({ queryKey: ['teams'], queryFn: () => api.teams.list({ limit: 200 }), enabled: may })
  const text = written ?? lists.data?.items.find((list) => (list.teamId ?? '') === teamId)?.names.join('\n') ?? ''
  const save = useMutation({
    mutationFn: () => api.dispositions.save({ teamId: teamId || null, names: text.split('\n').filter((line) => line.trim() !== '') }),
    onSuccess: async () => {
      setWritten(undefined)
      await queryClient.invalidateQueries({ queryKey: ['dispositions'] })
      tell(t('touch.resultsSaved'))
    },
    onError: tellError,
  })
  if (!may) return null
  return (
    <section style={{ padding: '1rem', maxWidth: '24rem', display: 'flex', flexDirection: 'column', gap: '0.5rem' }}>
      <h2 style={{ margin: 0, fontSize: '0.875rem' }}>{t('touch.results')}</h2>
      <NativeSelect
        size="xs"
        aria-label={t('touch.results')}
        data={[{ value: '', label: t('touch.firm') }, ...(teams.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [])]}
        value={teamId}
        onChange={(event) => {
          setTeamId(event.currentTarget.value)
          setWritten(undefined)
        }}
      />
      <Textarea
        size="xs"
        autosize
        minRows={4}
        aria-label={t('touch.results')}
        description={t('touch.resultsHint')}
        value={text}
        onChange={(event) => setWritten(event.currentTarget.value)}
      />
      <Button size="xs" variant="default" loading={save.isPending} disabled={written === undefined} onClick={() => save.mutate()}>
        {t('touch.saveResults')}
      </Button>
    </section>
  )
}
