import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'

export const healthQuery = queryOptions({ queryKey: ['health'], queryFn: () => api.health.get(), refetchInterval: 30_000 })

export type Health = Awaited<ReturnType<typeof api.health.get>>
