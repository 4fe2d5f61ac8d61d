import { type FakeApi, fakeApi } from '../fake-api.ts'
import type { RunningHub } from '../running-hub.ts'
import type { HookCall, Outgoing, Said, Vendor } from './vendor.ts'

export interface Entry {
  id: string
  kind: string
  direction: string | null
  status: string | null
  text: string
  error: { code: string; message: string; words?: { en: string; ru: string } } | null
  conversationId: string
  extra: Record<string, unknown> | null
  attachments: { name: string; size: number | null; state: string; reason: string | null; words: { ru: string } | null }[]
}

/** A messenger that is played on 127.0.0.1, with its channels in a hub. */
export interface PlayedVendor {
  vendor: Vendor
  root: string
  /** What reached it, in order, with the moment of each. */
  sent: (Outgoing & { id: number; at: number })[]
  /** How the next sends are refused; none left: accepted. */
  refusals: (keyof Vendor['refused'])[]
  /** Runs between the vendor's having a message and its saying so. */
  beforeAnswer: ((id: number, outgoing: Outgoing) => Promise<void>) | undefined
  /** The line breaks before the answers to the next so many. */
  cuts: number
  newChannel(hub: RunningHub): Promise<PlayedChannel>
  close(): Promise<void>
}

export interface PlayedChannel {
  id: string
  post(call: HookCall): Promise<number>
  /** All at once; every status. */
  say(...said: Said[]): Promise<number[]>
  /** Everything on the timelines of this channel. */
  entries(): Promise<Entry[]>
  write(conversationId: string, text: string): Promise<string>
  entry(id: string): Promise<Entry | undefined>
  /** Its state as the page of the channels shows it. */
  state(): Promise<{ state: string; stateDetail: { en: string; ru: string } | null }>
}

let ids = 700_000

/** A number that nothing else in this run has. */
export const newNumber = (): number => ++ids

export async function play(vendor: Vendor): Promise<PlayedVendor> {
  const sent: PlayedVendor['sent'] = []
  const api: FakeApi = await fakeApi(async (call) => {
    const outgoing = vendor.sending(call)
    if (!outgoing) return vendor.otherwise(call, api.url)
    const refusal = played.refusals.shift()
    if (refusal) {
      sent.push({ ...outgoing, id: 0, at: Date.now() })
      return vendor.refused[refusal] ?? {}
    }
    const id = newNumber()
    sent.push({ ...outgoing, id, at: Date.now() })
    await played.beforeAnswer?.(id, outgoing)
    if (played.cuts-- > 0) return 'cut'
    return vendor.accepted(id, outgoing)
  })
  const played: PlayedVendor = {
    vendor,
    root: api.url,
    sent,
    refusals: [],
    beforeAnswer: undefined,
    cuts: 0,
    newChannel: (hub) => openChannel(hub, vendor, api.url),
    close: api.close,
  }
  return played
}

async function openChannel(hub: RunningHub, vendor: Vendor, root: string): Promise<PlayedChannel> {
  const { id, hookUrl } = await hub.addChannel(vendor.id, vendor.settings(root))
  const post = async ({ headers, body }: HookCall) => {
    const response = await fetch(hookUrl, { method: 'POST', headers, body })
    await response.arrayBuffer()
    return response.status
  }
  async function entries(): Promise<Entry[]> {
    const { items } = await hub.api<{ items: { id: string }[] }>('GET', `/conversations?channelId=${id}&limit=100`)
    const pages = items.map((one) => hub.api<{ items: Entry[] }>('GET', `/conversations/${one.id}/messages?limit=100`))
    return (await Promise.all(pages)).flatMap((page) => page.items)
  }
  return {
    id,
    post,
    say: (...said) => Promise.all(vendor.hooks(said).map(post)),
    entries,
    async write(conversationId, text) {
      return (await hub.api<Entry>('POST', `/conversations/${conversationId}/messages`, { text })).id
    },
    entry: async (entryId) => (await entries()).find((one) => one.id === entryId),
    state: () => hub.api('GET', `/channels/${id}`),
  }
}
