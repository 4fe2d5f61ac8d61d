import { z } from 'zod'
import type { RawDelivery } from '../../core/connector/delivery.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { metaId, readItems } from '../kits/meta/envelope.ts'
import { askGraph } from '../kits/meta/graph.ts'
import { leadFields, leadgen } from './payloads.ts'
import type { Settings } from './settings.ts'

/** The word in place of a method: we asked, nobody sent it. */
export const fetchedMethod = 'LEAD'

const content = z.record(z.string(), z.unknown())

/** Fetches the leads that a webhook names. Whatever fails here is found by `fetchNewLeads` a few minutes later. */
export async function fetchAnnounced(request: RawDelivery, { settings: of }: Channel<Settings>, hub: Hub): Promise<void> {
  const items = readItems(request.body, 'page') ?? []
  for (const item of items) {
    if (item.is !== 'change' || item.field !== 'leadgen' || item.entryId !== of.pageId) continue
    const { leadgen_id: id, form_id: formId } = leadgen.safeParse(item.value).data ?? {}
    if (id === undefined) continue
    const told = await askGraph(of, hub, { path: encodeURIComponent(id), query: { fields: leadFields } }, content)
    await deliver(hub, id, { ...told, form_name: formId === undefined ? undefined : await nameOf(formId, of, hub) })
  }
}

/** The form's own name is asked for once. */
async function nameOf(formId: string, of: Settings, hub: Hub): Promise<string | undefined> {
  const known = await hub.state.get(`form:${formId}`)
  if (known !== undefined) return known
  const form = await askGraph(of, hub, { path: encodeURIComponent(formId), query: { fields: 'name' } }, z.object({ name: z.string().optional() }))
  if (form.name !== undefined) await hub.state.set(`form:${formId}`, form.name)
  return form.name
}

async function deliver(hub: Hub, id: string, told: Record<string, unknown>): Promise<void> {
  const body = Buffer.from(JSON.stringify(told))
  const raw = { method: fetchedMethod, path: '/lead', query: '', headers: { 'content-type': 'application/json' }, body }
  await hub.deliver(raw, { dedupeKey: `lead:${id}` })
}

const forms = z.object({
  data: z.array(z.object({ id: metaId, name: z.string().optional() })),
  paging: z.object({ cursors: z.object({ after: z.string().optional() }).optional(), next: z.string().optional() }).optional(),
})
const leads = z.object({
  data: z.array(content.and(z.object({ id: metaId }))),
  paging: z.object({ cursors: z.object({ after: z.string().optional() }).optional(), next: z.string().optional() }).optional(),
})

const mostPages = 100

/**
 * Everything since a moment (Unix seconds), of every form of the page: what webhooks missed comes by this. Meta keeps leads for 90 days. A form that is
 * refused does not keep the others back; its refusal is thrown behind them.
 */
export async function fetchNewLeads(of: Settings, hub: Hub, since: number): Promise<void> {
  const filtering = JSON.stringify([{ field: 'time_created', operator: 'GREATER_THAN', value: since }])
  let refusal: ConnectorError | undefined
  for await (const form of pages(of, hub, `${of.pageId}/leadgen_forms`, { fields: 'id,name' }, forms)) {
    try {
      for await (const told of pages(of, hub, `${form.id}/leads`, { fields: leadFields, filtering }, leads)) {
        await deliver(hub, told.id, { ...told, form_name: form.name })
      }
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.code !== 'rejected') throw error
      refusal ??= error
    }
  }
  if (refusal) throw refusal
}

interface Page<Row> {
  data: Row[]
  paging?: { cursors?: { after?: string | undefined } | undefined; next?: string | undefined } | undefined
}

async function* pages<Row>(of: Settings, hub: Hub, path: string, query: Record<string, string>, schema: z.ZodType<Page<Row>>): AsyncGenerator<Row> {
  let after: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const { data, paging } = await askGraph(of, hub, { path, query: { ...query, limit: '100', ...(after !== undefined && { after }) } }, schema)
    yield* data
    after = paging?.cursors?.after
    if (after === undefined || paging?.next === undefined) return
  }
}
