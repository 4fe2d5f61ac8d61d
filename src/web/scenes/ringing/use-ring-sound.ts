import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../../api/client.ts'
import { useSession } from '../../api/session.ts'
import { ringOnce } from './ring-sound.ts'

/** Sounds while my telephone rings, in one tab, unless I said that I am busy or away. True where this tab is the one. */
export function useRingSound(isRinging: boolean): boolean {
  const { user } = useSession()
  const [isHere, setHere] = useState(false)
  const presence = useQuery({ queryKey: ['presence'], queryFn: () => api.presence.list() })
  const mayDisturb = presence.data?.items.find(({ userId }) => userId === user.id)?.state === 'available'
  useEffect(() => (isRinging && mayDisturb ? ringOnce(setHere) : undefined), [isRinging, mayDisturb])
  return isHere
}
