import { oc } from '@orpc/contract'
import { z } from 'zod'
import { localised, media } from './shapes.ts'

export const connector = z.object({
  id: z.string(),
  title: localised,
  summary: localised,
  media: z.array(media),
  transport: z.array(z.enum(['webhook', 'session', 'door'])),
  proof: z.array(z.enum(['signature', 'secret', 'url', 'public', 'session'])),
  abilities: z.array(z.string()),
  callCommands: z.array(z.string()).describe('what can be done to a running call'),
  steps: z.array(localised),
  icon: z.string().describe('inner markup of a 24×24 outline SVG'),
  limits: z
    .object({
      textLength: z.number().exactOptional().describe('of one message; a longer text goes as several'),
      textCounts: z.literal('bytes').exactOptional().describe('absent: characters'),
      attachmentBytes: z.number().exactOptional(),
      attachmentTypes: z.array(z.string()).exactOptional(),
      filesByLink: z.literal(true).exactOptional().describe('the vendor fetches files from an address that the internet can reach'),
      buttons: z.object({ count: z.number(), length: z.number() }).exactOptional().describe('ready answers under a message'),
      window: z
        .object({
          hours: z.number(),
          longer: z.object({ setting: z.string(), hours: z.number() }).exactOptional(),
          medium: z.string().exactOptional().describe('in conversations of this medium alone'),
        })
        .exactOptional()
        .describe('how long after the client’s last message free words get through'),
    })
    .nullable(),
  reaches: z.array(z.string()).describe('identity kinds it can write to'),
})
export type ConnectorShape = z.infer<typeof connector>

export const connectorsContract = {
  list: oc.route({ method: 'GET', path: '/connectors' }).output(z.object({ items: z.array(connector), nextCursor: z.null() })),
  get: oc
    .route({ method: 'GET', path: '/connectors/{id}' })
    .input(z.object({ id: z.string().max(100) }))
    .output(
      connector.extend({
        settings: z.record(z.string(), z.unknown()).describe('JSON Schema of the settings; secret fields have `secret: true`'),
        consentReturnUrl: z.url().nullable().describe('address to enter at the vendor, where people sign in by consent'),
        readme: z.string().describe('Markdown for the person who sets it up'),
      }),
    ),
}
