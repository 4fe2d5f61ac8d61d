import { z } from 'zod'

/** Ids that the page makes: of a message, a wish, a receipt. */
export const ownId = z.string().regex(/^[\w-]{8,64}$/)
/** Of a visitor. */
export const visitorId = z.string().regex(/^[\w-]{8,64}$/)

const short = z.string().max(300)
const address = z.string().max(2_000)

/** What the pre-chat form asked, and where the page stands: the same with everything that is sent. */
const about = z.object({
  language: z.string().max(35).optional(),
  profile: z.object({ name: short.optional(), phone: z.string().max(60).optional(), email: z.string().max(254).optional() }).optional(),
  /** As the site gave it to `identify()`. */
  identity: z.unknown().optional(),
  page: address.optional(),
  title: short.optional(),
  referrer: address.optional(),
  /** The page by which he came to the site, with its tags. */
  landing: address.optional(),
  consent: z.string().max(1_000).optional(),
  isOffline: z.boolean().optional(),
})

const message = about.extend({ type: z.literal('message'), text: z.string().max(10_000) })
const callback = about.extend({
  type: z.literal('callback'),
  phone: z.string().min(5).max(60),
  /** Absent: at once. ISO 8601. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** The same by the visitor's own clock, in his words. */
  when: short.optional(),
  text: z.string().max(2_000).default(''),
})
const receipts = z.object({
  type: z.literal('receipts'),
  delivered: z.array(z.uuid()).max(100).default([]),
  read: z.array(z.uuid()).max(100).default([]),
})
const identify = about.extend({ type: z.literal('identify') })

export const payload = z.discriminatedUnion('type', [message, callback, receipts, identify])
export type Payload = z.output<typeof payload>
export type About = z.output<typeof about>

const anyType = z.object({ type: z.string().max(60) })

/** The type of something that is no payload we know. */
export function unknownType(value: unknown): string | undefined {
  return anyType.safeParse(value).data?.type
}
