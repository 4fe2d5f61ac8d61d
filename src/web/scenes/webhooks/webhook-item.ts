import type { api } from '../../api/client.ts'
import type { Tone } from '../../components/page.tsx'

export type WebhookItem = Awaited<ReturnType<typeof api.webhooks.list>>['items'][number]

export const stateTones: Record<WebhookItem['state'], Tone> = { active: 'good', paused: 'soon', disabled: 'late', unapproved: 'soon' }
