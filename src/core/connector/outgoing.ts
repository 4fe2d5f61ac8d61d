import type { ChosenTemplate } from './approved-template.ts'
import type { Localised } from './manifest.ts'

/** A file of ours on its way out. `read` gives the whole content; sizes are bytes. */
export interface OutgoingAttachment {
  id: string
  name: string
  type: string
  size: number
}

/** What a user wrote, before the medium has its say. */
export interface OutgoingMessage {
  /** Our entry id: stable over retries. */
  id: string
  text: string
  subject?: string
  attachments: OutgoingAttachment[]
  /** Whom to write to: the identity of this connector's kind. */
  to: { kind: string; value: string }
  /** Further recipients (reply-all). */
  cc?: { kind: string; value: string }[]
  /** Vendor's ids of earlier messages of the conversation, oldest first. */
  references: string[]
  /** External id of the message that is being answered. */
  replyTo?: string
  /** Age of the client's last message in this conversation; absent: none is known. For media that let us answer for a time only. */
  sinceInboundMs?: number
  /** Signed by core; a connector that can carry it through the client's answer gives it back in `ConversationHint.tokens`. */
  replyToken: string
  /** Ready answers under the message, one or more; what the client taps comes back as his words. Only where `limits.buttons` has them. */
  buttons?: string[]
  /** Sent instead of `text`, which says the same for people here. Only to connectors with `listTemplates`. */
  template?: ChosenTemplate
  /** True for what no person wrote: marked as such where the medium can. */
  automatic: boolean
}

/** One vendor call. `data` is plain JSON kept in the outbox row; files are resolved by core from `attachmentIds`. */
export interface Part<Data = unknown> {
  data: Data
  attachmentIds: string[]
}

/** Why a message cannot be carried; `words`: the reason in both languages. */
export interface Refusal {
  refused: 'unsupported' | 'window_closed' | 'invalid_recipient'
  reason: string
  words?: Localised
}

export function refuse(refused: Refusal['refused'], en: string, ru: string): Refusal {
  return { refused, reason: en, words: { en, ru } }
}

export type Rendered<Data = unknown> = { parts: Part<Data>[] } | Refusal

export interface SendableFile extends OutgoingAttachment {
  read(): Promise<Uint8Array>
  /**
   * An address from which anybody who has it gets the file for a day: for vendors that take files in no other way. Throws ConnectorError `unsupported` when
   * the internet cannot reach the hub by HTTPS.
   */
  publicLink(): string
}

/** A part at the moment of sending. */
export interface SendablePart<Data = unknown> {
  data: Data
  files: SendableFile[]
  /** Equal for every attempt at this part: the vendor's idempotency key where there is one. */
  idempotencyKey: string
}

/** What the vendor called it. `alsoKnownAs`: further ids by which receipts or answers may name it. */
export interface Sent {
  externalId: string
  alsoKnownAs?: string[]
}
