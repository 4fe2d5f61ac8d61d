import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { tellError } from '../../components/tell.ts'
import { type Role, roles } from './roles.ts'

/** A new colleague gets a temporary password, shown once. */
export function InviteForm({ onInvited }: { onInvited(): void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('operator')
  const [ownClientsOnly, setOwn] = useState(false)
  const invite = useMutation({ mutationFn: () => api.users.create({ name, email, role, ownClientsOnly }), onSuccess: onInvited, onError: tellError })
  return (
    <form
      style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: '0.75rem', marginBottom: '1rem' }}
      onSubmit={(event) => {
        event.preventDefault()
        invite.mutate()
      }}
    >
      <TextInput label={t('team.name')} required value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput label={t('team.email')} type="email" required value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
      <Select
        label={t('team.role')}
        allowDeselect={false}
        value={role}
        data={roles.map((value) => ({ value, label: t(`team.${value}`) }))}
        onChange={(value) => value && setRole(value as Role)}
      />
      <Checkbox label={t('team.own')} checked={ownClientsOnly} onChange={(event) => setOwn(event.currentTarget.checked)} mb="0.375rem" />
      <Button type="submit" loading={invite.isPending}>
        {t('team.invite')}
      </Button>
      {invite.data && <output>{t('team.password', { password: invite.data.temporaryPassword })}</output>}
    </form>
  )
}
