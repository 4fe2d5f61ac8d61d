import { z } from 'zod'
import type { VisitorNews } from '../connector/visitors.ts'
import type { Queryable } from '../database/pool.ts'

/** NOTIFY topic by which the process that sends tells those that hold the pages' sockets. */
export const visitorsTopic = 'visitor_news'

const signal = z.object({
  channelId: z.uuid(),
  visitorId: z.string(),
  news: z.discriminatedUnion('is', [
    z.object({ is: z.literal('message') }),
    z.object({ is: z.literal('typing'), isTyping: z.boolean(), name: z.string() }),
    /** A user looks at this conversation now: its messages are seen, and he wants to know whether the visitor is there. */
    z.object({ is: z.literal('look'), conversationId: z.uuid() }),
  ]),
})

export interface VisitorSignal {
  channelId: string
  visitorId: string
  news: VisitorNews | { is: 'look'; conversationId: string }
}

/** Far below the 8 kB of a NOTIFY. Lost with a broken connection: whoever listens asks for everything anew after one. */
export async function signalVisitor(db: Queryable, { channelId, visitorId, news }: VisitorSignal): Promise<void> {
  const short = news.is === 'typing' ? { ...news, name: news.name.slice(0, 200) } : news
  await db.query('select pg_notify($1, $2)', [visitorsTopic, JSON.stringify({ channelId, visitorId, news: short })])
}

/** undefined: nothing of ours. */
export function readSignal(payload: string): VisitorSignal | undefined {
  try {
    return signal.safeParse(JSON.parse(payload)).data
  } catch {
    return undefined
  }
}
