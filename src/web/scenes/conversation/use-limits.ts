import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { useChannels, useConnectors } from '../../api/names.ts'
import { useRight } from '../../api/session.ts'
import { useNow } from '../../components/use-now.ts'
import { type ComposedFile, fileRefusal, type Limits, limitsBefore, textState, windowState } from './limits-of.ts'
import type { Way } from './ways.ts'

export interface Held {
  limits: Limits | undefined
  text: ReturnType<typeof textState>
  window: ReturnType<typeof windowState>
  refused: { file: ComposedFile; why: NonNullable<ReturnType<typeof fileRefusal>> }[]
  /** Nothing of this can leave as it is. */
  isBlocked: boolean
}

/** What the channel would say to this message, before it is sent. The window is looked at anew twice a minute. */
export function useLimits(way: Way | undefined, written: { text: string; files: ComposedFile[] }, isNote: boolean): Held {
  const mayAsk = useRight('conversations.limits')
  const now = useNow(30_000)
  const channels = useChannels()
  const connectorBy = useConnectors()
  const id = way?.conversationId
  const asked = useQuery({
    queryKey: ['timeline', 'limits', id],
    queryFn: () => api.conversations.limits({ id: id ?? '' }),
    enabled: mayAsk && !isNote && id !== undefined,
    staleTime: 60_000,
  })
  const connector = connectorBy(channels.find(({ id: channelId }) => channelId === way?.channelId)?.connector ?? '')
  const before = id === undefined && connector ? limitsBefore(connector) : undefined
  const limits = isNote ? undefined : (asked.data ?? before)
  const window = windowState(limits?.window ?? null, now)
  const refused = written.files.flatMap((file) => {
    const why = limits && fileRefusal(file, limits)
    return why ? [{ file, why }] : []
  })
  return { limits, text: limits && textState(written.text, limits), window, refused, isBlocked: window.is === 'closed' || refused.length > 0 }
}
