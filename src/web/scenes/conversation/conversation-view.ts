import type { api } from '../../api/client.ts'

export type ContactView = Awaited<ReturnType<typeof api.contacts.get>>
export type ConversationView = Awaited<ReturnType<typeof api.conversations.list>>['items'][number]
