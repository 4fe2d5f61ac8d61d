import { z } from 'zod'

// Callback API 5.199, as far as it is read here: https://dev.vk.com/en/api/community-events/json-schema. Lenient in all the rest.

export const envelope = z.looseObject({
  type: z.string(),
  group_id: z.int(),
  event_id: z.string().optional(),
  secret: z.string().optional(),
  object: z.unknown().optional(),
})
export type Envelope = z.infer<typeof envelope>

/** From `users.get`; put beside the message by the session, for events name nobody. */
export const profile = z.object({
  id: z.int(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  screen_name: z.string().optional(),
  photo_200: z.string().optional(),
  has_photo: z.number().optional(),
})
export type Profile = z.infer<typeof profile>
export const profileFields = 'screen_name,photo_200,has_photo'

/** What a reader knows beside the object itself. `key`: names this event where its object has no id of its own. */
export interface Around {
  key: string
  profile?: Profile | undefined
  /** True for an event that VK did not send by itself: a message found when conversations were looked through. */
  isFound: boolean
}

const picture = z.object({ url: z.string(), width: z.number().default(0), height: z.number().default(0) })

export const attachment = z.object({
  type: z.string(),
  photo: z.object({ sizes: z.array(picture).default([]) }).optional(),
  doc: z.object({ url: z.string(), title: z.string().default('file'), ext: z.string().default(''), size: z.number().optional() }).optional(),
  audio_message: z.object({ link_ogg: z.string().optional(), link_mp3: z.string().optional(), transcript: z.string().optional() }).optional(),
  audio: z.object({ artist: z.string().default(''), title: z.string().default('') }).optional(),
  video: z.object({ id: z.int(), owner_id: z.int(), title: z.string().default('') }).optional(),
  sticker: z.object({ images: z.array(picture).default([]) }).optional(),
  graffiti: z.object({ url: z.string() }).optional(),
  link: z.object({ url: z.string(), title: z.string().default('') }).optional(),
  wall: z.object({ id: z.int(), from_id: z.int().optional(), owner_id: z.int().optional(), to_id: z.int().optional() }).optional(),
  market: z.object({ id: z.int(), owner_id: z.int(), title: z.string().default('') }).optional(),
})
export type Attachment = z.infer<typeof attachment>

const place = z.object({
  coordinates: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  place: z.object({ title: z.string().default('') }).optional(),
})

export const message = z.object({
  id: z.int().default(0),
  date: z.number(),
  peer_id: z.int(),
  from_id: z.int(),
  text: z.string().default(''),
  conversation_message_id: z.int().optional(),
  update_time: z.number().optional(),
  admin_author_id: z.int().optional(),
  attachments: z.array(attachment).default([]),
  fwd_messages: z.array(z.object({ text: z.string().default('') })).default([]),
  reply_message: z.object({ conversation_message_id: z.int().optional() }).optional(),
  geo: place.optional(),
  payload: z.string().optional(),
  ref: z.string().optional(),
  ref_source: z.string().optional(),
})
export type Message = z.infer<typeof message>

export const messageNew = z.object({ message, client_info: z.object({ lang_id: z.number().optional() }).optional() })
export type MessageNew = z.infer<typeof messageNew>

export const pressedButton = z.object({
  user_id: z.int(),
  peer_id: z.int(),
  event_id: z.string(),
  payload: z.unknown().optional(),
  conversation_message_id: z.int().optional(),
})
export type PressedButton = z.infer<typeof pressedButton>

export const readMark = z.object({ from_id: z.int(), peer_id: z.int(), conversation_message_id: z.int() })
export type ReadMark = z.infer<typeof readMark>

export const reaction = z.object({ reacted_id: z.int(), peer_id: z.int(), cmid: z.int(), reaction_id: z.int().optional() })
export type Reaction = z.infer<typeof reaction>

export const permission = z.object({ user_id: z.int(), key: z.string().optional() })
export type Permission = z.infer<typeof permission>

export const lead = z.object({
  lead_id: z.union([z.string(), z.number()]).transform(String),
  user_id: z.int().optional(),
  form_id: z.union([z.string(), z.number()]).transform(String).optional(),
  form_name: z.string().default(''),
  ad_id: z.union([z.string(), z.number()]).transform(String).optional(),
  answers: z.array(z.object({ key: z.string(), question: z.string().optional(), answer: z.unknown() })),
})
export type Lead = z.infer<typeof lead>

/** The event of a body, or undefined when it is none. */
export function readEnvelope(body: Uint8Array): Envelope | undefined {
  try {
    return envelope.safeParse(JSON.parse(Buffer.from(body).toString('utf8'))).data
  } catch {
    return undefined
  }
}
