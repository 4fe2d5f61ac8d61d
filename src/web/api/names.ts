import { useQuery } from '@tanstack/react-query'
import { api } from './client.ts'
import { useRight } from './session.ts'

const longMs = 5 * 60_000

/** Names of colleagues by id; empty until they are known. */
export function usePeople(): (id: string | null | undefined) => string {
  const maySee = useRight('users.list')
  const users = useQuery({ queryKey: ['users', 'names'], queryFn: () => api.users.list({ limit: 200 }), staleTime: longMs, enabled: maySee })
  return (id) => users.data?.items.find((user) => user.id === id)?.name ?? ''
}

export type ChannelItem = Awaited<ReturnType<typeof api.channels.list>>['items'][number]

export function useChannels(): ChannelItem[] {
  const maySee = useRight('channels.list')
  return useQuery({ queryKey: ['channels'], queryFn: () => api.channels.list(), staleTime: longMs, enabled: maySee }).data?.items ?? []
}

export type ConnectorItem = Awaited<ReturnType<typeof api.connectors.list>>['items'][number]

/** The connectors by id; undefined until they are known. */
export function useConnectors(): (id: string) => ConnectorItem | undefined {
  const maySee = useRight('connectors.list')
  const connectors = useQuery({
    queryKey: ['connectors'],
    queryFn: () => api.connectors.list(),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: maySee,
  })
  return (id) => connectors.data?.items.find((connector) => connector.id === id)
}

/** Which kinds of address each connector can write to, best first. */
export function useReaches(): (connector: string) => string[] {
  const connectorBy = useConnectors()
  return (id) => connectorBy(id)?.reaches ?? []
}
