import type { api } from '../../api/client.ts'

/** One thing on the timeline, as the API gives it. */
export type EntryItem = Awaited<ReturnType<typeof api.contacts.timeline>>['items'][number]
