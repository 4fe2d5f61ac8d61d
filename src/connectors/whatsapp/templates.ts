import { z } from 'zod'
import type { ApprovedTemplate } from '../../core/connector/approved-template.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { askGraph } from '../kits/meta/graph.ts'
import type { Settings } from './settings.ts'

// https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-components
const text = z.string()
const named = z.array(z.object({ param_name: text, example: text.optional() })).optional()
const component = z.object({
  type: text,
  format: text.optional(),
  text: text.optional(),
  buttons: z.array(z.object({ type: text, text: text.default(''), url: text.optional(), example: z.array(text).optional() })).default([]),
  example: z
    .object({
      header_text: z.array(text).optional(),
      header_text_named_params: named,
      body_text: z.array(z.array(text)).optional(),
      body_text_named_params: named,
    })
    .optional()
    .catch(undefined),
})
type Component = z.infer<typeof component>

const template = z.object({
  name: text,
  language: text,
  status: text,
  category: text.optional(),
  components: z.array(component).default([]),
})
type Template = z.infer<typeof template>

const page = z.object({
  data: z.array(z.unknown()).default([]),
  paging: z.object({ cursors: z.object({ after: text.optional() }).optional(), next: text.optional() }).optional(),
})

const fields = 'name,language,status,category,components'
const mostPages = 10

/** Approved templates of the account that can be sent from here; those that need a shop, a map, a flow or a code are left out. */
export async function listTemplates({ settings: of }: Channel<Settings>, hub: Pick<Hub, 'fetch'>): Promise<ApprovedTemplate[]> {
  const found: ApprovedTemplate[] = []
  let after: string | undefined
  for (let number = 0; number < mostPages; number++) {
    const query = { fields, status: 'APPROVED', limit: '100', ...(after !== undefined && { after }) }
    const { data, paging } = await askGraph(of, hub, { path: `${of.businessAccountId}/message_templates`, query }, page)
    found.push(...data.flatMap((one) => readTemplate(template.safeParse(one).data)))
    after = paging?.cursors?.after
    if (after === undefined || paging?.next === undefined) break
  }
  return found.toSorted((a, b) => a.name.localeCompare(b.name) || a.language.localeCompare(b.language))
}

const files: Record<string, ApprovedTemplate['file']> = { IMAGE: 'image', VIDEO: 'video', DOCUMENT: 'document' }
const sendable = new Set(['QUICK_REPLY', 'URL', 'PHONE_NUMBER'])

function readTemplate(read: Template | undefined): ApprovedTemplate[] {
  if (read?.status !== 'APPROVED' || read.category === 'AUTHENTICATION') return []
  const part = (type: string) => read.components.find((one) => one.type === type)
  const [header, body, footer] = [part('HEADER'), part('BODY'), part('FOOTER')]
  const buttons = part('BUTTONS')?.buttons ?? []
  const isForeign = read.components.some(({ type }) => !['HEADER', 'BODY', 'FOOTER', 'BUTTONS'].includes(type))
  const isTextHeader = header === undefined || header.format === 'TEXT'
  const file = header?.format === undefined ? undefined : files[header.format]
  if (!body?.text || isForeign || (!isTextHeader && !file) || buttons.some(({ type }) => !sendable.has(type))) return []
  const headerText = isTextHeader ? header?.text : undefined
  return [
    {
      name: read.name,
      language: read.language,
      ...(read.category && { category: read.category }),
      ...(headerText !== undefined && { header: withIds(headerText, 'header') }),
      body: withIds(body.text, 'body'),
      ...(footer?.text && { footer: footer.text }),
      buttons: buttons.map((button) => button.text),
      places: [
        ...placesOf(headerText ?? '', 'header', header),
        ...placesOf(body.text, 'body', body),
        ...buttons.flatMap(({ url, example }, index) =>
          url?.includes('{{') ? [{ id: `button.${index}`, ...(example?.[0] && { example: example[0] }) }] : [],
        ),
      ],
      ...(file && { file }),
    },
  ]
}

const place = /\{\{\s*([\w-]+)\s*\}\}/g

/** `{{1}}` of a body becomes `{{body.1}}`: one name for each place of the whole template. */
function withIds(words: string, part: string): string {
  return words.replaceAll(place, (_whole, name: string) => `{{${part}.${name}}}`)
}

function placesOf(words: string, part: 'header' | 'body', { example }: Component = { type: '', buttons: [] }): ApprovedTemplate['places'] {
  const numbered = part === 'header' ? example?.header_text : example?.body_text?.[0]
  const byName = part === 'header' ? example?.header_text_named_params : example?.body_text_named_params
  const names = [...new Set([...words.matchAll(place)].map(([, name = '']) => name))]
  return names.map((name) => {
    const shown = byName?.find(({ param_name: one }) => one === name)?.example ?? numbered?.[Number(name) - 1]
    return { id: `${part}.${name}`, ...(shown && { example: shown }) }
  })
}
