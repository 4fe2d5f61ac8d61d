import { NativeSelect } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { tellError } from '../../components/tell.ts'
import routing from '../routing/routing.module.css'
import { RuleForm } from '../routing/rule-form.tsx'
import type { ChannelView } from './channel-state.tsx'

/** Whose the clients of a channel are, and until when they are answered. */
export function ChannelRouting({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation()
  const teams = useQuery({ queryKey: ['teams'], queryFn: () => api.teams.list({ limit: 200 }) })
  const choose = useMutation({
    mutationFn: (teamId: string | null) => api.channels.update({ id: channel.id, teamId }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['channels'] }),
    onError: tellError,
  })
  return (
    <details>
      <summary>{t('routing.firm')}</summary>
      <div className={routing.form}>
        <NativeSelect
          size="xs"
          className={routing.narrow ?? ''}
          label={t('routing.team')}
          value={channel.teamId ?? ''}
          onChange={(event) => choose.mutate(event.currentTarget.value || null)}
          data={[{ value: '', label: t('routing.noTeam') }, ...(teams.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <RuleForm scope="channel" subjectId={channel.id} />
      </div>
    </details>
  )
}
