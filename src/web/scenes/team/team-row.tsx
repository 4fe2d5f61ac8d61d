import { ActionIcon, Button, NativeSelect } from '@mantine/core'
import { IconArrowUp, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { isSure } from '../../components/is-sure.ts'
import { tellError } from '../../components/tell.ts'
import routing from '../routing/routing.module.css'
import { RuleForm } from '../routing/rule-form.tsx'

type Team = Awaited<ReturnType<typeof api.teams.list>>['items'][number]

/** One team: its people in the order in which work is offered, and its own rule. */
export function TeamRow({ team }: { team: Team }) {
  const { t } = useTranslation()
  const mayDelete = useRight('teams.delete')
  const users = useQuery({ queryKey: ['users', 'names'], queryFn: () => api.users.list({ limit: 200 }) })
  const refresh = () => Promise.all(['teams', 'users'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
  const save = useMutation({
    mutationFn: (memberIds: string[]) => api.teams.update({ id: team.id, memberIds }),
    onSuccess: refresh,
    onError: tellError,
  })
  const remove = useMutation({ mutationFn: () => api.teams.delete({ id: team.id }), onSuccess: refresh, onError: tellError })
  const people = users.data?.items ?? []
  const nameOf = (id: string) => people.find((user) => user.id === id)?.name ?? ''
  const others = people.filter(({ id, disabledAt }) => disabledAt === null && !team.memberIds.includes(id))
  const raise = (id: string) => {
    const at = team.memberIds.indexOf(id)
    const rest = team.memberIds.filter((one) => one !== id)
    save.mutate(rest.toSpliced(at - 1, 0, id))
  }
  return (
    <div className={routing.team}>
      <div className={routing.bar}>
        <b>{team.name}</b>
        <ul className={routing.members} aria-label={t('routing.members')}>
          {team.memberIds.map((id, index) => (
            <li key={id} className={routing.member}>
              {nameOf(id)}
              {index > 0 && (
                <ActionIcon size="xs" variant="subtle" color="gray" aria-label={t('routing.moveUp', { name: nameOf(id) })} onClick={() => raise(id)}>
                  <IconArrowUp size={12} />
                </ActionIcon>
              )}
              <ActionIcon
                size="xs"
                variant="subtle"
                color="gray"
                aria-label={t('routing.removeMember', { name: nameOf(id) })}
                onClick={() => save.mutate(team.memberIds.filter((one) => one !== id))}
              >
                <IconX size={12} />
              </ActionIcon>
            </li>
          ))}
        </ul>
        {others.length > 0 && (
          <NativeSelect
            size="xs"
            aria-label={t('routing.addMember')}
            value=""
            onChange={(event) => event.currentTarget.value && save.mutate([...team.memberIds, event.currentTarget.value])}
            data={[{ value: '', label: t('routing.addMember') }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        )}
        {mayDelete && (
          <Button size="compact-xs" variant="subtle" color="red" onClick={() => isSure(team.name) && remove.mutate()}>
            {t('routing.deleteTeam')}
          </Button>
        )}
      </div>
      <details>
        <summary>{t('routing.firm')}</summary>
        <RuleForm scope="team" subjectId={team.id} />
      </details>
    </div>
  )
}
