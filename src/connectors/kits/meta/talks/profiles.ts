import { z } from 'zod'
import type { RawDelivery } from '../../../../core/connector/delivery.ts'
import { ConnectorError } from '../../../../core/connector/errors.ts'
import type { InboundEvent } from '../../../../core/connector/event.ts'
import type { Hub } from '../../../../core/connector/hub.ts'
import { fingerprint, readItems, readWith } from '../envelope.ts'
import { askGraph, type GraphAccount } from '../graph.ts'
import type { Ours } from './inbound.ts'
import { talk } from './payloads.ts'

/** The word in place of a method: we asked, nobody sent it. */
const method = 'PROFILE'
const asked = { messenger: 'first_name,last_name,name,profile_pic', instagram: 'name,username,profile_pic' } as const

/** Names and pictures change, seldom. */
const askedAgainMs = 30 * 24 * 60 * 60 * 1000

const profile = z.object({
  id: z.string(),
  name: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  profile_pic: z.string().optional(),
})

/** A message names its sender by a number alone: who that is has to be asked, once a month. https://developers.facebook.com/docs/messenger-platform/identity/user-profile */
export async function fetchProfiles(request: RawDelivery, ours: Ours, account: GraphAccount, hub: Hub): Promise<void> {
  for (const id of strangersOf(request, ours)) {
    const known = `profile:${id}`
    const now = hub.clock.now()
    if (now.getTime() - Date.parse((await hub.state.get(known)) ?? '') < askedAgainMs) continue
    try {
      const told = await askGraph(
        account,
        hub,
        { path: encodeURIComponent(id), query: { fields: asked[ours.kind] } },
        z.record(z.string(), z.unknown()),
      )
      const body = Buffer.from(JSON.stringify({ ...told, id }))
      await hub.deliver({ method, path: '/profile', query: '', headers: { 'content-type': 'application/json' }, body })
    } catch (error) {
      // Somebody who has not agreed has no profile for us; that is no fault of the channel.
      if (!(error instanceof ConnectorError) || error.code !== 'rejected') throw error
    }
    await hub.state.set(known, now.toISOString())
  }
}

function strangersOf(request: RawDelivery, ours: Ours): Set<string> {
  const items = readItems(request.body, ours.kind === 'messenger' ? 'page' : 'instagram') ?? []
  const talks = items.flatMap((item) => (item.is === 'messaging' && item.entryId === ours.id ? (talk.safeParse(item.value).data ?? []) : []))
  return new Set(
    talks.flatMap(({ sender, message, postback }) => ((message && !message.is_echo) || postback ? sender.id : [])).filter((id) => id !== ours.id),
  )
}

/** What `fetchProfiles` delivered; undefined for everything else. */
export function readProfile(delivery: RawDelivery, { kind }: Ours): InboundEvent[] | undefined {
  if (delivery.method !== method) return undefined
  return readWith(profile, parsed(delivery.body), (read) => {
    const name = read.name ?? [read.first_name, read.last_name].filter(Boolean).join(' ')
    const identities = [{ kind, value: read.id, evidence: 'attested' as const }]
    const from = {
      identities,
      ...(name !== '' && { name }),
      ...(read.username !== undefined && { username: read.username }),
      ...(read.profile_pic && { picture: read.profile_pic }),
    }
    return [{ type: 'identity', key: `profile:${read.id}:${fingerprint(read)}`, from, learned: [] }]
  })
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}
