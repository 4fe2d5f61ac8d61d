import { useEffect, useState } from 'react'
import { useNow } from '../components/use-now.ts'
import { onPresence, type Presence } from './connect-live.ts'
import { useLive } from './live-store.ts'

/** How long a pen is shown after the last word that somebody types. */
const penMs = 6_000

interface Seen extends Presence {
  at: number
}

/** Colleagues in one conversation now. Nobody is claimed to be there while the line is down. */
export function usePresence(conversationId: string | undefined, ownId: string): Presence[] {
  const [seen, setSeen] = useState<Seen[]>([])
  const { isLive } = useLive()
  const now = useNow(2_000)
  useEffect(() => {
    setSeen([])
    return onPresence((presence) => {
      if (presence.conversationId !== conversationId || presence.userId === ownId) return
      setSeen((before) => {
        const others = before.filter(({ userId }) => userId !== presence.userId)
        return presence.looking ? [...others, { ...presence, at: Date.now() }] : others
      })
    })
  }, [conversationId, ownId])
  useEffect(() => {
    if (!isLive) setSeen([])
  }, [isLive])
  return seen.map(({ at, ...presence }) => ({ ...presence, typing: presence.typing && now - at < penMs }))
}
