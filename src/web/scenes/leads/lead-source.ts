import type { api } from '../../api/client.ts'

export type LeadItem = Awaited<ReturnType<typeof api.leads.list>>['items'][number]

/** Where a lead came from, in one line. */
export function shownSource({ source }: Pick<LeadItem, 'source'>): string {
  return Object.values(source?.utm ?? {}).join(' · ') || source?.page || source?.referrer || ''
}
