import { Button, Modal, NativeSelect } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { SkeletonRows } from '../../components/page.tsx'
import { tell, tellError } from '../../components/tell.ts'
import routing from '../routing/routing.module.css'

const counted = ['contacts', 'companies', 'conversations', 'waiting', 'leads', 'tasks'] as const
const workers = ['operator', 'manager', 'admin']

/** Somebody goes: what he leaves is shown first, then all of it goes to a colleague with his switching off, in one step. */
export function LeaveDialog({ user, onClose }: { user: { id: string; name: string }; onClose(): void }) {
  const { t } = useTranslation()
  const [to, setTo] = useState('')
  const work = useQuery({ queryKey: ['users', user.id, 'work'], queryFn: () => api.users.work({ id: user.id }) })
  const users = useQuery({ queryKey: ['users', 'names'], queryFn: () => api.users.list({ limit: 200 }) })
  const go = useMutation({
    mutationFn: () => api.users.handOver({ id: user.id, toUserId: to || null, switchOff: true }),
    onSuccess: async ({ moved }) => {
      onClose()
      tell(t('leave.done', { name: user.name, ...moved }))
      await queryClient.invalidateQueries()
    },
    onError: tellError,
  })
  const people = users.data?.items.filter(({ id, disabledAt, role }) => disabledAt === null && id !== user.id && workers.includes(role)) ?? []
  return (
    <Modal opened onClose={onClose} title={t('leave.title', { name: user.name })} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {work.data ? (
        <dl className={routing.counts}>
          {counted.map((name) => [<dt key={name}>{t(`leave.${name}`)}</dt>, <dd key={`${name} count`}>{work.data[name]}</dd>])}
        </dl>
      ) : (
        <SkeletonRows count={3} />
      )}
      <NativeSelect
        label={t('leave.to')}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
        data={[{ value: '', label: t('leave.toNobody') }, ...people.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <Button mt="md" loading={go.isPending} onClick={() => go.mutate()}>
        {t('leave.go')}
      </Button>
    </Modal>
  )
}
