import { z } from 'zod'
import type { ApprovedTemplate, ChosenTemplate } from '../../core/connector/approved-template.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { askTwilio } from '../kits/twilio/client.ts'
import type { Settings } from './settings.ts'

// https://www.twilio.com/docs/content/content-api-resources: a content has several types; WhatsApp gets the one that it approved.
const text = z.string()
const type = z.object({
  body: text.optional(),
  header_text: text.nullish(),
  footer: text.nullish(),
  actions: z.array(z.object({ title: text.default(''), url: text.optional() })).nullish(),
})
const content = z.object({
  sid: text,
  language: text,
  variables: z.record(text, z.unknown()).nullish(),
  types: z.record(text, z.unknown()),
  approvalRequests: z.object({ name: text, status: text, category: text.nullish(), content_type: text.nullish() }),
})

/** Those that are words, with or without buttons; media, lists, catalogues and cards in a row are left out. */
const carried = ['twilio/text', 'twilio/quick-reply', 'twilio/call-to-action', 'whatsapp/card']
const most = 1000

/** Contents that WhatsApp has approved. Throws ConnectorError. */
export async function listTemplates({ settings }: Channel<Settings>, hub: Pick<Hub, 'fetch'>): Promise<ApprovedTemplate[]> {
  const found = await readContents(settings, hub)
  return found.map(({ template }) => template).toSorted((a, b) => a.name.localeCompare(b.name) || a.language.localeCompare(b.language))
}

/** What `messages.create` needs for a chosen one: Twilio knows it by its SID. Throws ConnectorError, `rejected` for one that is no longer there. */
export async function contentOf(
  chosen: ChosenTemplate,
  settings: Settings,
  hub: Pick<Hub, 'fetch'>,
): Promise<{ contentSid: string; contentVariables: string }> {
  const found = (await readContents(settings, hub)).find(({ template }) => template.name === chosen.name && template.language === chosen.language)
  if (!found) {
    const words = { en: `Twilio no longer has the template ${chosen.name}`, ru: `В Twilio больше нет шаблона ${chosen.name}` }
    throw wordedError('rejected', words)
  }
  return { contentSid: found.sid, contentVariables: JSON.stringify(chosen.values) }
}

async function readContents(settings: Settings, hub: Pick<Hub, 'fetch'>): Promise<{ sid: string; template: ApprovedTemplate }[]> {
  const listed = await askTwilio(settings, hub, (client) => client.content.v1.contentAndApprovals.list({ limit: most, pageSize: 500 }))
  return listed.flatMap((one) => {
    const read = content.safeParse(one).data
    const template = read && templateOf(read)
    return template ? [{ sid: read.sid, template }] : []
  })
}

function templateOf({ language, variables, types, approvalRequests }: z.infer<typeof content>): ApprovedTemplate | undefined {
  const { name, status, category } = approvalRequests
  const kind = carried.find((one) => types[one] !== undefined)
  const read = kind === undefined ? undefined : type.safeParse(types[kind]).data
  if (status !== 'approved' || name === '' || !read?.body) return undefined
  const words = [read.header_text, read.body, read.footer, ...(read.actions ?? []).map(({ url }) => url)].join(' ')
  const ids = [...new Set([...words.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1] ?? ''))]
  return {
    name,
    language,
    ...(category && { category }),
    ...(read.header_text && { header: read.header_text }),
    body: read.body,
    ...(read.footer && { footer: read.footer }),
    buttons: (read.actions ?? []).map(({ title }) => title),
    places: ids.map((id) => {
      const example = variables?.[id]
      return { id, ...(typeof example === 'string' && { example }) }
    }),
  }
}
