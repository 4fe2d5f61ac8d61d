import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useSession } from '../../api/session.ts'
import { Key } from '../../components/page.tsx'
import { tellError } from '../../components/tell.ts'
import { useKeys } from '../../components/use-keys.ts'
import type { ConversationView } from './conversation-head.tsx'
import { HandOver } from './hand-over.tsx'

const changed = () => Promise.all(['waiting', 'conversations'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))

/** What can be done with the client's waiting: take, hand over, no answer needed, close. */
export function HeadActs({ latest, conversations }: { latest: ConversationView; conversations: ConversationView[] }) {
  const { t } = useTranslation()
  const session = useSession()
  const waiting = conversations.filter(({ waitingSince }) => waitingSince !== null)
  const open = conversations.filter(({ state }) => state !== 'closed')
  const act = useMutation({ mutationFn: (work: () => Promise<unknown>) => work(), onSuccess: changed, onError: tellError })
  const take = () => act.mutate(() => api.conversations.take({ id: latest.id }))
  const noAnswer = () => act.mutate(async () => waiting[0] && (await api.conversations.stopWaiting({ id: waiting[0].id })))
  const handOver = (userId: string | null) => {
    const ids = new Set([latest, ...waiting].map(({ id }) => id))
    act.mutate(() => Promise.all([...ids].map((id) => api.conversations.assign({ id, userId }))))
  }
  const isMine = latest.assigneeId === session.user.id
  useKeys({ e: () => waiting.length > 0 && noAnswer(), t: () => !isMine && take() })
  return (
    <>
      {!isMine && (
        <Button variant="default" onClick={take}>
          {t('conversation.take')}
          <Key>T</Key>
        </Button>
      )}
      <HandOver assigneeId={latest.assigneeId} onChoose={handOver} />
      {waiting.length > 0 && (
        <Button variant="default" onClick={noAnswer}>
          {t('conversation.noAnswer')}
          <Key>E</Key>
        </Button>
      )}
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('conversation.moreActs')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {open.length > 0 ? (
            <Menu.Item onClick={() => act.mutate(() => Promise.all(open.map(({ id }) => api.conversations.close({ id }))))}>
              {t('conversation.closed')}
            </Menu.Item>
          ) : (
            <Menu.Item onClick={() => act.mutate(() => api.conversations.reopen({ id: latest.id }))}>{t('conversation.reopen')}</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
