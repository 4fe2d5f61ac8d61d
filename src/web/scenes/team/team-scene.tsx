import { Button, Select } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useSession } from '../../api/session.ts'
import components from '../../components/components.module.css'
import { MoreButton } from '../../components/more-button.tsx'
import { Chip, Page, SkeletonRows } from '../../components/page.tsx'
import { tellError } from '../../components/tell.ts'
import { usePages } from '../../components/use-pages.ts'
import { InviteForm } from './invite-form.tsx'
import { type Role, roles } from './roles.ts'

/** Who works here, in which role. A person switched off is out at once. */
export function TeamScene() {
  const { t } = useTranslation()
  const session = useSession()
  const [isInviting, setInviting] = useState(false)
  const users = usePages(['users'], (cursor) => api.users.list({ limit: 100, ...(cursor && { cursor }) }))
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['users'] })
  const update = useMutation({ mutationFn: (change: { id: string; role: Role }) => api.users.update(change), onSuccess: refresh, onError: tellError })
  const disable = useMutation({ mutationFn: (id: string) => api.users.disable({ id }), onSuccess: refresh, onError: tellError })
  const enable = useMutation({ mutationFn: (id: string) => api.users.enable({ id }), onSuccess: refresh, onError: tellError })
  return (
    <Page title={t('team.title')} acts={<Button onClick={() => setInviting(!isInviting)}>{t('team.invite')}</Button>}>
      <div className={components.body}>
        {isInviting && <InviteForm onInvited={() => void refresh()} />}
        {users.isPending && <SkeletonRows />}
        {users.items.length > 0 && (
          <table className={components.table}>
            <thead>
              <tr>
                <th>{t('team.name')}</th>
                <th>{t('team.email')}</th>
                <th>{t('team.role')}</th>
                <th aria-label={t('team.disable')} />
              </tr>
            </thead>
            <tbody>
              {users.items.map((user) => (
                <tr key={user.id}>
                  <td>
                    <b>{user.name}</b> {user.disabledAt && <Chip tone="late">{t('team.disabled')}</Chip>}{' '}
                    {user.ownClientsOnly && <Chip>{t('team.own')}</Chip>}
                  </td>
                  <td>{user.email}</td>
                  <td>
                    <Select
                      aria-label={t('team.role')}
                      size="xs"
                      w="12rem"
                      allowDeselect={false}
                      readOnly={user.id === session.user.id}
                      value={user.role}
                      data={roles.map((value) => ({ value, label: t(`team.${value}`) }))}
                      onChange={(role) => role && update.mutate({ id: user.id, role: role as Role })}
                    />
                  </td>
                  <td>
                    {user.id !== session.user.id && (
                      <Button variant="default" onClick={() => (user.disabledAt ? enable : disable).mutate(user.id)}>
                        {user.disabledAt ? t('team.enable') : t('team.disable')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <MoreButton {...(users.more && { more: users.more })} />
      </div>
    </Page>
  )
}
