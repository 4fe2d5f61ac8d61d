import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../api/session.ts'
import { tellWith } from '../components/tell-with.tsx'
import { onLiveItem } from '../live/connect-live.ts'

const offerMs = 15_000
/** What was promised stays until somebody looks. */
const taskMs = 60 * 60_000

/** Rings for what is meant for me: a client I was given or may take, a task whose time has come. */
export function Rings() {
  const { t } = useTranslation()
  const router = useRouter()
  const session = useSession()
  useEffect(
    () =>
      onLiveItem(({ type, payload }) => {
        const open = (cardId: unknown) => () =>
          void (typeof cardId === 'string' ? router.navigate({ to: '/waiting/$cardId', params: { cardId } }) : router.navigate({ to: '/tasks' }))
        if (type === 'task.due') {
          const id = `task ${String(payload.id)}`
          tellWith(t('tasks.ring', { title: String(payload.title) }), { label: t('hand.open'), run: open(payload.cardId) }, { id, staysMs: taskMs })
        }
        if (type !== 'conversation.offered' || !Array.isArray(payload.userIds) || !payload.userIds.includes(session.user.id)) return
        const name = String(payload.name || t('waiting.unnamed'))
        const words = payload.isGiven === true ? t('hand.givenToYou', { name }) : t('hand.offered', { name })
        tellWith(words, { label: t('hand.open'), run: open(payload.cardId) }, { id: `offer ${String(payload.cardId)}`, staysMs: offerMs })
      }),
    [router, session.user.id, t],
  )
  return null
}
