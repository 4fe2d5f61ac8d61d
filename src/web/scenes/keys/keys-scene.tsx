import { Button, CopyButton, Select, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import components from '../../components/components.module.css'
import { MoreButton } from '../../components/more-button.tsx'
import { Chip, Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { tellError } from '../../components/tell.ts'
import { usePages } from '../../components/use-pages.ts'
import { shownTime } from '../../components/when.ts'
import { type Role, roles } from '../team/roles.ts'

/** Keys for programs: shown once, revoked at once. */
export function KeysScene() {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('integrator')
  const keys = usePages(['keys'], (cursor) => api.apiKeys.list({ limit: 50, ...(cursor && { cursor }) }))
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['keys'] })
  const create = useMutation({ mutationFn: () => api.apiKeys.create({ name, role }), onSuccess: refresh, onError: tellError })
  const revoke = useMutation({ mutationFn: (id: string) => api.apiKeys.revoke({ id }), onSuccess: refresh, onError: tellError })
  return (
    <Page title={t('keys.title')}>
      <div className={components.body}>
        <form
          style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: '0.75rem', marginBottom: '1rem' }}
          onSubmit={(event) => {
            event.preventDefault()
            create.mutate()
          }}
        >
          <TextInput label={t('keys.name')} required value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Select
            label={t('team.role')}
            allowDeselect={false}
            value={role}
            data={roles.map((value) => ({ value, label: t(`team.${value}`) }))}
            onChange={(value) => value && setRole(value as Role)}
          />
          <Button type="submit" loading={create.isPending}>
            {t('keys.create')}
          </Button>
        </form>
        {create.data && (
          <p role="status" style={{ marginBottom: '1rem' }}>
            {t('keys.once')} <code className={components.mono}>{create.data.key}</code>{' '}
            <CopyButton value={create.data.key}>
              {({ copy, copied }) => (
                <Button variant="default" onClick={copy}>
                  {copied ? t('common.copied') : t('common.copy')}
                </Button>
              )}
            </CopyButton>
          </p>
        )}
        {keys.isPending && <SkeletonRows />}
        {keys.isEmpty && <Empty title={t('keys.empty')} hint={t('keys.emptyHint')} />}
        {keys.items.length > 0 && (
          <table className={components.table}>
            <tbody>
              {keys.items.map((key) => (
                <tr key={key.id}>
                  <td>
                    <b>{key.name}</b>
                  </td>
                  <td>
                    <code>{key.prefix}…</code>
                  </td>
                  <td>{t(`team.${key.role}`)}</td>
                  <td>{key.lastUsedAt ? `${t('keys.used')} ${shownTime(key.lastUsedAt)}` : t('keys.never')}</td>
                  <td>
                    {key.revokedAt ? (
                      <Chip tone="late">{t('keys.revoked')}</Chip>
                    ) : (
                      <Button variant="default" onClick={() => revoke.mutate(key.id)}>
                        {t('keys.revoke')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <MoreButton {...(keys.more && { more: keys.more })} />
      </div>
    </Page>
  )
}
