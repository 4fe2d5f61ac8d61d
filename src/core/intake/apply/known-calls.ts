import type { CallFactAt } from '../../calls/call.ts'
import { storedCalls } from '../../calls/call-store.ts'
import { type OpenRequest, readOpenRequests, takeRequest } from '../../calls/open-requests.ts'
import { requestName } from '../../calls/request-name.ts'
import { type Address, addressKey } from '../../channels/address.ts'
import { readAddresses } from '../../channels/address-store.ts'
import type { Transaction } from '../../database/pool.ts'
import type { ReadingWithKeys } from './keys.ts'

/** A call as a batch sees it: the set of its events, those of this batch included. */
export interface KnownCall {
  id: string
  channelId: string
  contactId: string | null
  conversationId: string | null
  entryId: string | null
  facts: CallFactAt[]
  /** Whose the exchange is by the number that was dialled, where that number has a team. */
  teamId?: string
  /** Keys of the events this batch adds. */
  newKeys: Set<string>
  /** Names this batch adds. */
  newNames: Set<string>
  isNew: boolean
}

/** Calls by every name their vendor has for them. */
export class KnownCalls {
  readonly #byName = new Map<string, KnownCall>()
  readonly #addresses = new Map<string, Address>()
  #requests: OpenRequest[] = []

  /** The number of ours that was dialled, where somebody said what it is. */
  addressOf(channelId: string, dialled: string | undefined, country: string): Address | undefined {
    return dialled === undefined ? undefined : this.#addresses.get(`${channelId} ${addressKey(dialled, country)}`)
  }

  /** The request that a call is whose vendor does not name it so. */
  requestOf(call: Parameters<typeof takeRequest>[1]): string | undefined {
    return takeRequest(this.#requests, call)
  }

  keepRequests(requests: OpenRequest[]): void {
    this.#requests = requests
  }

  keepAddress(channelId: string, address: Address): void {
    this.#addresses.set(`${channelId} ${address.value}`, address)
  }

  find(channelId: string, name: string): KnownCall | undefined {
    return this.#byName.get(`${channelId} ${name}`)
  }

  add(channelId: string, name: string, id: string): KnownCall {
    const call: KnownCall = {
      id,
      channelId,
      contactId: null,
      conversationId: null,
      entryId: null,
      facts: [],
      newKeys: new Set(),
      newNames: new Set(),
      isNew: true,
    }
    this.name(channelId, name, call)
    return call
  }

  name(channelId: string, name: string, call: KnownCall): void {
    this.#byName.set(`${channelId} ${name}`, call)
    call.newNames.add(name)
  }

  /** Puts a stored call under one of its names. */
  keep(name: string, call: KnownCall): void {
    this.#byName.set(`${call.channelId} ${name}`, call)
  }

  /** `from` goes up in `into`, with its events and names, and its card where `into` has none. */
  join(into: KnownCall, from: KnownCall): void {
    into.facts.push(...from.facts)
    for (const key of from.newKeys) into.newKeys.add(key)
    for (const name of from.newNames) into.newNames.add(name)
    if (into.contactId === null) {
      into.contactId = from.contactId
      into.conversationId = from.conversationId
      into.entryId = from.entryId
    }
    for (const [name, call] of this.#byName) if (call === from) this.#byName.set(name, into)
  }
}

/** Loads the calls a batch speaks of, with all their events; their rows are locked, for a call may have several names. */
export async function loadCalls(tx: Transaction, calls: KnownCalls, readings: ReadingWithKeys[]): Promise<void> {
  const names = readings.flatMap(({ reading, keys }) => keys.flatMap((one) => one.callNames.map((name) => ({ channelId: reading.channel.id, name }))))
  if (names.length === 0) return
  const channels = [...new Set(names.map(({ channelId }) => channelId))]
  const asking = [...new Set(readings.filter(tellsOfUnnamed).map(({ reading }) => reading.channel.id))]
  const requests = asking.length === 0 ? [] : await readOpenRequests(tx, asking)
  calls.keepRequests(requests)
  const wanted = [...names, ...requests.map(({ id, channelId }) => ({ channelId, name: requestName(id) }))]
  const [addresses, storedByName] = await Promise.all([readAddresses(tx, channels), storedCalls(tx, wanted)])
  for (const { channelId, ...address } of addresses) calls.keepAddress(channelId, address)
  const byId = new Map<string, KnownCall>()
  for (const stored of storedByName) {
    const call = byId.get(stored.id) ?? { ...stored, newKeys: new Set<string>(), newNames: new Set<string>(), isNew: false }
    byId.set(stored.id, call)
    calls.keep(stored.name, call)
  }
}

/** Whether calls of ours are told of that may be what a user asked for. */
function tellsOfUnnamed({ reading }: ReadingWithKeys): boolean {
  return reading.events.some((event) => event.type === 'call' && event.direction === 'outbound' && event.requestId === undefined && event.client)
}
