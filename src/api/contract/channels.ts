import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, nothing } from './page.ts'
import { channel, localised } from './shapes.ts'

const settings = z.record(z.string(), z.unknown())
const check = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), detail: z.string().nullable(), words: localised.exactOptional() }),
  z.object({ ok: z.literal(false), code: z.string(), message: z.string(), words: localised.exactOptional() }),
])
const snippet = z.object({ id: z.string(), title: localised, code: z.string(), steps: z.array(localised) })

export const channelsContract = {
  list: oc.route({ method: 'GET', path: '/channels' }).output(z.object({ items: z.array(channel), nextCursor: z.null() })),
  create: oc
    .route({ method: 'POST', path: '/channels', successStatus: 201 })
    .input(
      z.object({ connector: z.string().max(100), name: z.string().max(200), settings: settings.default({}), teamId: z.uuid().nullable().optional() }),
    )
    .output(channel),
  get: oc.route({ method: 'GET', path: '/channels/{id}' }).input(byId).output(channel),
  update: oc
    .route({ method: 'PATCH', path: '/channels/{id}', summary: 'Settings are merged; a masked secret stays as it is, null removes a field' })
    .input(byId.extend({ name: z.string().max(200).optional(), settings: settings.optional(), teamId: z.uuid().nullable().optional() }))
    .output(channel),
  delete: oc.route({ method: 'DELETE', path: '/channels/{id}', summary: 'Its history stays' }).input(byId).output(nothing),
  pause: oc.route({ method: 'POST', path: '/channels/{id}/pause', summary: 'What arrives is stored and held' }).input(byId).output(channel),
  resume: oc.route({ method: 'POST', path: '/channels/{id}/resume' }).input(byId).output(channel),
  check: oc
    .route({ method: 'POST', path: '/channels/check', summary: 'Try settings before saving them' })
    .input(z.object({ connector: z.string().max(100), settings, channelId: z.uuid().optional() }))
    .output(check),
  test: oc.route({ method: 'POST', path: '/channels/{id}/check', summary: 'Try a saved channel' }).input(byId).output(check),
  suggest: oc
    .route({ method: 'POST', path: '/channels/suggest', summary: 'What can be known from settings that are still being typed' })
    .input(z.object({ connector: z.string().max(100), settings }))
    .output(
      z.object({
        title: localised.nullable(),
        settings: settings.describe('to fill in where nothing is typed'),
        steps: z.array(localised),
        consent: z
          .object({ title: localised, needs: z.array(z.string()).describe('settings to type first') })
          .nullable()
          .describe('the vendor lets people sign in by consent'),
      }),
    ),
  startConsent: oc
    .route({ method: 'POST', path: '/channels/{id}/consent', summary: 'Where to send the browser so that a person allows access at the vendor' })
    .input(byId)
    .output(z.object({ url: z.url() })),
  setUpWebhook: oc.route({ method: 'POST', path: '/channels/{id}/webhook', summary: 'Register the hook at the vendor' }).input(byId).output(channel),
  snippets: oc
    .route({ method: 'GET', path: '/channels/{id}/snippets', summary: 'Code to copy into a site' })
    .input(byId)
    .output(z.object({ items: z.array(snippet) })),
}
