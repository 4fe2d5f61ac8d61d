import { ActionIcon, Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight, useSession } from '../../api/session.ts'
import { Key } from '../../components/page.tsx'
import { shownIdentity } from '../../components/shown-identity.ts'
import { tellError } from '../../components/tell.ts'
import { useKeys } from '../../components/use-keys.ts'
import classes from './conversation.module.css'

export type ContactView = Awaited<ReturnType<typeof api.contacts.get>>
export type ConversationView = Awaited<ReturnType<typeof api.conversations.list>>['items'][number]

/** Who it is, and what can be done with his waiting. */
export function ConversationHead({ contact, conversations }: { contact: ContactView | undefined; conversations: ConversationView[] }) {
  const { t } = useTranslation()
  const session = useSession()
  const canWrite = useRight('conversations.send')
  const waiting = conversations.filter((conversation) => conversation.waitingSince !== null)
  const latest = conversations[0]
  const refresh = () =>
    Promise.all([queryClient.invalidateQueries({ queryKey: ['waiting'] }), queryClient.invalidateQueries({ queryKey: ['conversations'] })])
  const noAnswer = useMutation({
    mutationFn: async () => waiting[0] && (await api.conversations.stopWaiting({ id: waiting[0].id })),
    onSuccess: refresh,
    onError: tellError,
  })
  const take = useMutation({
    mutationFn: async () => latest && (await api.conversations.take({ id: latest.id })),
    onSuccess: refresh,
    onError: tellError,
  })
  const isMine = latest?.assigneeId === session.user.id
  useKeys({
    e: () => waiting.length > 0 && canWrite && noAnswer.mutate(),
    t: () => latest && !isMine && canWrite && take.mutate(),
  })
  const identities = contact?.identities.slice(0, 2).map(shownIdentity).join(' · ') ?? ''
  return (
    <header className={classes.head}>
      <ActionIcon
        variant="subtle"
        color="gray"
        hiddenFrom="sm"
        aria-label={t('waiting.title')}
        renderRoot={(props) => <Link to="/waiting" {...props} />}
      >
        <IconArrowLeft size={18} />
      </ActionIcon>
      <div className={classes.title}>
        <h1>{contact?.name || identities || t('waiting.unnamed')}</h1>
        <p>{contact?.name ? identities : ''}</p>
      </div>
      {canWrite && latest && !isMine && (
        <Button variant="default" onClick={() => take.mutate()}>
          {t('conversation.take')}
          <Key>T</Key>
        </Button>
      )}
      {canWrite && waiting.length > 0 && (
        <Button variant="default" onClick={() => noAnswer.mutate()}>
          {t('conversation.noAnswer')}
          <Key>E</Key>
        </Button>
      )}
    </header>
  )
}
