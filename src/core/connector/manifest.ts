import type { CallCommandName } from './calling.ts'

/** A text in the two languages of the console. */
export interface Localised {
  en: string
  ru: string
}

/** How a delivery of this connector is proven to come from where it says. `session`: we opened the connection ourselves. */
export type Proof = 'signature' | 'secret' | 'url' | 'public' | 'session'

/** Names of the optional parts of a connector; manifest and value are compared by the contract suite. */
export const abilityNames = [
  'verify',
  'dedupeKey',
  'asks',
  'reply',
  'afterDelivery',
  'open',
  'openDoor',
  'render',
  'send',
  'fetchMedia',
  'listTemplates',
  'setUpWebhook',
  'consentUrl',
  'acceptConsent',
  'suggestSettings',
  'history',
  'markRead',
  'placeCall',
  'controlCall',
  'directory',
  'admitsPage',
  'greetVisitor',
  'embed',
  'snippets',
  'readFields',
  'readExample',
  'testRequest',
] as const
export type Ability = (typeof abilityNames)[number]

/** What one message may hold. The composer says so before anything is sent; `render` refuses by the same figures. */
export interface Limits {
  /** Longest text of one message; a longer one goes as several. */
  textLength?: number
  /** What `textLength` counts; absent: characters (UTF-16 units). */
  textCounts?: 'bytes'
  /** Of each file. */
  attachmentBytes?: number
  /** Files it carries, as `image/*` or `image/png`; absent: all, empty: none. */
  attachmentTypes?: string[]
  /** The vendor fetches files itself, from an address that the internet can reach. */
  filesByLink?: true
  /** Ready answers under a message, by which the client answers with one tap: how many, and how long each. Absent: it has none. */
  buttons?: { count: number; length: number }
  /**
   * How long after the client's last message free words get through. `longer`: for answers of people, where this switch of the settings is on. `medium`: in
   * conversations of this medium alone.
   */
  window?: { hours: number; longer?: { setting: string; hours: number }; medium?: string }
}

/** Pure data: reading a manifest loads no vendor SDK. */
export interface Manifest {
  /** Folder name, kebab-case; also the `<connector>` of hook addresses. */
  id: string
  title: Localised
  summary: Localised
  /** Media this connector carries: `email`, `chat`, `form` … */
  media: [string, ...string[]]
  transport: ('webhook' | 'session' | 'door')[]
  proof: Proof[]
  abilities: Ability[]
  /** What the person who sets it up does, in order. */
  steps: Localised[]
  /** Inner markup of a 24×24 outline SVG. */
  icon: string
  /** Limits shown in the composer before sending. */
  limits?: Limits
  /** What `controlCall` can do to a running call. */
  callCommands?: CallCommandName[]
  /** The same part sent again is the same message to the client: what was being sent when the hub died is sent again, unasked. */
  isRepeatable?: true
  /** Somebody rings: what comes is applied before all else while more waits than can be applied at once. */
  isUrgent?: true
  /** Identity kinds this connector can write to, best first. Empty or absent: no way back. */
  reaches?: string[]
}
