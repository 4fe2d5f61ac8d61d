import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'

/** The page of one team; a firm without teams has nothing to choose from. */
export function TeamChoice({ chosen, onChoose }: { chosen: string | undefined; onChoose(teamId: string | undefined): void }) {
  const { t } = useTranslation()
  const teams = useQuery({ queryKey: ['teams'], queryFn: () => api.teams.list({ limit: 200 }) }).data?.items ?? []
  if (teams.length === 0) return null
  return (
    <NativeSelect
      size="xs"
      aria-label={t('today.team')}
      value={chosen ?? ''}
      onChange={(event) => onChoose(event.currentTarget.value || undefined)}
      data={[
        { value: '', label: t('today.allTeams') },
        ...teams.map(({ id, name }) => ({ value: id, label: name })),
        { value: 'none', label: t('today.noTeam') },
      ]}
    />
  )
}
