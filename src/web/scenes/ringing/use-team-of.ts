import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import type { CallItem } from './ring-kind.ts'

/** Whose call it is: the team of the number that was dialled, or of the channel. */
export function useTeamOf(call: CallItem): string | null {
  const conversation = useQuery({
    queryKey: ['conversations', 'of call', call.conversationId],
    queryFn: () => api.conversations.get({ id: call.conversationId ?? '' }),
    enabled: call.conversationId !== null,
    retry: false,
  })
  return conversation.data?.teamId ?? null
}
