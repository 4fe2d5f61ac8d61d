import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useSession } from '../../api/session.ts'
import { Key } from '../../components/page.tsx'
import { snoozeTimes } from '../../components/snooze-times.ts'
import { tellWith } from '../../components/tell-with.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { shownTime } from '../../components/when.ts'
import type { ConversationView } from './conversation-view.ts'
import { HandOver, type HandOverTo } from './hand-over.tsx'

import { tellTaken } from './tell-taken.ts'

const changed = () => Promise.all(['waiting', 'conversations', 'timeline'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))

/** What can be done with the client's waiting: take, hand over, no answer needed, snooze, close. */
export function HeadActs({ latest, conversations }: { latest: ConversationView; conversations: ConversationView[] }) {
  const { t } = useTranslation()
  const session = useSession()
  const waiting = conversations.filter(({ waitingSince }) => waitingSince !== null)
  const open = conversations.filter(({ state }) => state !== 'closed')
  const act = useMutation({ mutationFn: (work: () => Promise<unknown>) => work(), onSuccess: changed, onError: tellTaken })
  const target = waiting[0]?.id ?? latest.id
  const take = () => act.mutate(() => api.conversations.take({ id: target }))
  const end = (reason: 'not_needed' | 'elsewhere') =>
    act.mutate(async () => {
      await api.conversations.stopWaiting({ id: target, reason })
      tellWith(t('hand.ended'), { label: t('hand.undo'), run: () => act.mutate(() => api.conversations.waitAgain({ id: target })) })
    })
  const snooze = (until: Date) =>
    act.mutate(async () => {
      await api.conversations.snooze({ id: target, until: until.toISOString() })
      const undo = () => act.mutate(() => api.conversations.snooze({ id: target, until: null }))
      tellWith(t('hand.snoozed', { time: shownTime(until.toISOString()) }), { label: t('hand.undo'), run: undo })
    })
  const handOver = ({ note, ...to }: HandOverTo) => {
    const ids = [...new Set([target, ...waiting.map(({ id }) => id)])]
    act.mutate(() => Promise.all(ids.map((id, index) => api.conversations.assign({ id, ...to, ...(note && index === 0 && { note }) }))))
  }
  const isMine = latest.assigneeId === session.user.id
  useKeys({ e: () => waiting.length > 0 && end('not_needed'), t: () => !isMine && take() })
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
        <Button variant="default" onClick={() => end('not_needed')}>
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
          {waiting.length > 0 && <Menu.Item onClick={() => end('elsewhere')}>{t('hand.elsewhere')}</Menu.Item>}
          <Menu.Label>{t('hand.snooze')}</Menu.Label>
          <Menu.Item onClick={() => snooze(snoozeTimes.inMinutes(60))}>{t('hand.snoozeHour')}</Menu.Item>
          <Menu.Item onClick={() => snooze(snoozeTimes.inMinutes(180))}>{t('hand.snoozeThree')}</Menu.Item>
          <Menu.Item onClick={() => snooze(snoozeTimes.tomorrow())}>{t('hand.snoozeMorning')}</Menu.Item>
          <Menu.Item onClick={() => snooze(snoozeTimes.monday())}>{t('hand.snoozeMonday')}</Menu.Item>
          <Menu.Divider />
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
