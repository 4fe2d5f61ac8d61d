import { Button, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRight, useSession } from '../../api/session.ts'
import { Key } from '../../components/page.tsx'
import { useKeys } from '../../components/use-keys.ts'
import classes from './conversation-head.module.css'

const workers = ['operator', 'manager', 'admin']

/** Gives the client to a colleague, or to nobody. */
export function HandOver({ assigneeId, onChoose }: { assigneeId: string | null; onChoose(userId: string | null): void }) {
  const { t } = useTranslation()
  const session = useSession()
  const maySee = useRight('users.list')
  const [isOpen, setOpen] = useState(false)
  const users = useQuery({ queryKey: ['users', 'names'], queryFn: () => api.users.list({ limit: 200 }), enabled: maySee })
  useKeys({ a: () => setOpen(true) })
  if (!maySee) return null
  const people = users.data?.items.filter((user) => user.disabledAt === null && workers.includes(user.role)) ?? []
  return (
    <Menu opened={isOpen} onChange={setOpen} position="bottom-end" shadow="md">
      <Menu.Target>
        <Button variant="default" visibleFrom="sm">
          {t('conversation.handOver')}
          <Key>A</Key>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.people ?? ''}>
        {people.map((user) => (
          <Menu.Item key={user.id} disabled={user.id === assigneeId} onClick={() => onChoose(user.id)}>
            {user.id === session.user.id ? `${user.name} (${t('waiting.you')})` : user.name}
          </Menu.Item>
        ))}
        {assigneeId !== null && <Menu.Divider />}
        {assigneeId !== null && <Menu.Item onClick={() => onChoose(null)}>{t('conversation.toNobody')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  )
}
