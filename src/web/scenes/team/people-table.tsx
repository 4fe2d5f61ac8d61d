import { Button, Select } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight, useSession } from '../../api/session.ts'
import components from '../../components/components.module.css'
import { Chip, type Tone } from '../../components/page.tsx'
import { tellError } from '../../components/tell.ts'
import { LeaveDialog } from './leave-dialog.tsx'
import { type Role, roles } from './roles.ts'
import { UserNumbers } from './user-numbers.tsx'

type User = Awaited<ReturnType<typeof api.users.list>>['items'][number]
const tones: Record<'available' | 'busy' | 'away', Tone> = { available: 'good', busy: 'soon', away: 'plain' }

/** Everybody, in which role, and whether he is here now. */
export function PeopleTable({ users }: { users: User[] }) {
  const { t } = useTranslation()
  const session = useSession()
  const mayChange = useRight('users.update')
  const mayNumber = useRight('numbers.save')
  const [leaving, setLeaving] = useState<User>()
  const [numbered, setNumbered] = useState<User>()
  const numbers = useQuery({ queryKey: ['numbers'], queryFn: () => api.numbers.list() })
  const numbersOf = (id: string) => numbers.data?.items.filter(({ userId }) => userId === id) ?? []
  const presence = useQuery({ queryKey: ['presence'], queryFn: () => api.presence.list() })
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['users'] })
  const update = useMutation({ mutationFn: (change: { id: string; role: Role }) => api.users.update(change), onSuccess: refresh, onError: tellError })
  const enable = useMutation({ mutationFn: (id: string) => api.users.enable({ id }), onSuccess: refresh, onError: tellError })
  const stateOf = (id: string) => presence.data?.items.find(({ userId }) => userId === id)?.state ?? 'away'
  return (
    <>
      <table className={components.table}>
        <thead>
          <tr>
            <th>{t('team.name')}</th>
            <th>{t('routing.presence')}</th>
            <th>{t('numbers.column')}</th>
            <th>{t('team.email')}</th>
            <th>{t('team.role')}</th>
            <th aria-label={t('team.disable')} />
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <tr key={user.id}>
              <td>
                <b>{user.name}</b> {user.disabledAt && <Chip tone="late">{t('team.disabled')}</Chip>}{' '}
                {user.ownClientsOnly && <Chip>{t('team.own')}</Chip>}
              </td>
              <td>{user.disabledAt === null && <Chip tone={tones[stateOf(user.id)]}>{t(`presence.${stateOf(user.id)}`)}</Chip>}</td>
              <td>
                <button type="button" className={components.plain} disabled={!mayNumber} onClick={() => setNumbered(user)}>
                  {numbersOf(user.id)
                    .map(({ value }) => value)
                    .join(', ') || (mayNumber ? t('numbers.none') : '')}
                </button>
              </td>
              <td>{user.email}</td>
              <td>
                <Select
                  aria-label={t('team.role')}
                  size="xs"
                  w="12rem"
                  allowDeselect={false}
                  readOnly={!mayChange || user.id === session.user.id}
                  value={user.role}
                  data={roles.map((value) => ({ value, label: t(`team.${value}`) }))}
                  onChange={(role) => role && update.mutate({ id: user.id, role: role as Role })}
                />
              </td>
              <td>
                {mayChange && user.id !== session.user.id && (
                  <Button variant="default" onClick={() => (user.disabledAt ? enable.mutate(user.id) : setLeaving(user))}>
                    {user.disabledAt ? t('team.enable') : t('team.disable')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {numbered && <UserNumbers user={numbered} numbers={numbersOf(numbered.id)} onClose={() => setNumbered(undefined)} />}
      {leaving && <LeaveDialog user={leaving} onClose={() => setLeaving(undefined)} />}
    </>
  )
}
