import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { Empty, SkeletonRows } from '../../components/page.tsx'
import { tellError } from '../../components/tell.ts'
import { NightForm } from '../routing/night-form.tsx'
import routing from '../routing/routing.module.css'
import { RuleForm } from '../routing/rule-form.tsx'
import { TeamRow } from './team-row.tsx'

/** Teams with their people in order, hours and sharing; below what holds for the whole firm. */
export function TeamsPanel() {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const teams = useQuery({ queryKey: ['teams'], queryFn: () => api.teams.list({ limit: 200 }) })
  const create = useMutation({
    mutationFn: () => api.teams.create({ name }),
    onSuccess: () => {
      setName('')
      return queryClient.invalidateQueries({ queryKey: ['teams'] })
    },
    onError: tellError,
  })
  return (
    <>
      <section className={routing.section}>
        <h2>{t('routing.teams')}</h2>
        {teams.isPending && <SkeletonRows count={3} />}
        {teams.data?.items.length === 0 && <Empty title={t('routing.noTeams')} hint={t('routing.noTeamsHint')} />}
        {teams.data?.items.map((team) => (
          <TeamRow key={team.id} team={team} />
        ))}
        <form
          className={routing.bar}
          style={{ paddingTop: '0.75rem' }}
          onSubmit={(event) => {
            event.preventDefault()
            create.mutate()
          }}
        >
          <TextInput
            size="xs"
            required
            maxLength={100}
            aria-label={t('routing.teamName')}
            placeholder={t('routing.teamName')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" variant="default" loading={create.isPending}>
            {t('routing.newTeam')}
          </Button>
        </form>
      </section>
      <section className={routing.section}>
        <h2>{t('routing.firm')}</h2>
        <p className={routing.hint}>{t('routing.firmHint')}</p>
        <RuleForm scope="firm" subjectId={null} />
      </section>
      <section className={routing.section}>
        <h2>{t('untouched.title')}</h2>
        <p className={routing.hint}>{t('untouched.about')}</p>
        <NightForm />
      </section>
    </>
  )
}
