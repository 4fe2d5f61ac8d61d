import type { RawDelivery } from './delivery.ts'
import type { InboundEvent } from './event.ts'
import type { Localised } from './manifest.ts'

/** One field of a delivery, as its connector understands it: what the mapping of the settings is built on. */
export interface ReadField {
  /** What the mapping names it by. */
  path: string
  /** As people see it: the label where the sender tells one. */
  name: string
  /** As it will stand on the card. */
  value: string
  /** What it means; absent: kept among the fields, nothing more. */
  as?: string
  /** Who says so: the mapping, the type that the sender tells, its name, or its value. */
  by?: 'mapping' | 'type' | 'name' | 'value'
}

/** One submission of a delivery: who sent it, its fields, and the event that it gives. */
export interface ReadSubmission {
  sender: Localised
  fields: ReadField[]
  event: InboundEvent
}

/** What was made of something that a person pasted: a command, or a piece of a page. */
export interface ReadExample {
  is: Localised
  /** The request that it would send: read like any other, and never stored. */
  request: RawDelivery
  /** Settings to add to the mapping: what the page says of its fields and a request would not. */
  mapping: Record<string, unknown>
  /** The same, turned so that it sends here. */
  snippet: { code: string; steps: Localised[] }
}
