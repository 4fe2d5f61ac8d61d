import { z } from 'zod'

// What Avito sends, as far as it is read here: https://developers.avito.ru/api-catalog/messenger/documentation. Times are seconds.

const id = z.union([z.string().min(1), z.number()]).transform(String)

const content = z
  .object({
    text: z.string().nullish(),
    image: z.object({ sizes: z.record(z.string(), z.string()).default({}) }).nullish(),
    voice: z.object({ voice_id: z.string() }).nullish(),
    link: z.object({ url: z.string(), text: z.string().nullish() }).nullish(),
    location: z.object({ lat: z.number(), lon: z.number(), title: z.string().nullish(), text: z.string().nullish() }).nullish(),
    item: z.object({ title: z.string().nullish(), price_string: z.string().nullish(), item_url: z.string().nullish() }).nullish(),
    call: z.object({ status: z.string().nullish() }).nullish(),
  })
  .nullish()

/** A message as lists of a chat have it. */
export const listed = z.object({
  id,
  author_id: id,
  created: z.number(),
  type: z.string(),
  content,
  direction: z.string().nullish(),
})
export type Listed = z.infer<typeof listed>

/** A message as the webhook has it. */
export const value = listed.extend({ chat_id: id, user_id: id, item_id: id.nullish() })
export type Value = z.infer<typeof value>

export const envelope = z.object({
  id: id.optional(),
  payload: z.object({ type: z.string(), value: z.unknown() }),
})

const ad = z.object({ id: id.nullish(), title: z.string().nullish(), price_string: z.string().nullish(), url: z.string().nullish() })
export type Ad = z.infer<typeof ad>

const person = z.object({
  id,
  name: z.string().nullish(),
  public_user_profile: z
    .object({ avatar: z.object({ default: z.string().nullish(), images: z.record(z.string(), z.string()).nullish() }).nullish() })
    .nullish(),
})
export type Person = z.infer<typeof person>

/** A chat with its people and its ad, as the session asks for it. */
export const chat = z.object({
  id,
  users: z.array(person).default([]),
  context: z.object({ value: ad.nullish() }).nullish(),
  last_message: listed.nullish(),
})
export type Chat = z.infer<typeof chat>

/** What the session hands on: a chat and its latest messages. */
export const found = z.object({ account_id: id, chat, messages: z.array(z.unknown()) })
export type Found = z.infer<typeof found>

export function readBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}

/** The message of a webhook's body, when it has one. */
export function readValue(body: Uint8Array): Value | undefined {
  return value.safeParse(envelope.safeParse(readBody(body)).data?.payload.value).data
}
