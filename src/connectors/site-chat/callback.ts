import type { Payload } from './payloads.ts'

type Wish = Extract<Payload, { type: 'callback' }>

/** The wish as the operator reads it, in the visitor's language: it stands in the conversation. */
export function callbackText({ language, phone, when, at, text, profile }: Wish): string {
  const isEnglish = /^en/i.test(language ?? '')
  const time = when ?? (at === undefined ? undefined : new Date(at).toISOString())
  const first = isEnglish ? `Please call me back: ${phone}` : `Перезвоните мне: ${phone}`
  const second = time === undefined ? (isEnglish ? 'As soon as possible' : 'Как можно скорее') : `${isEnglish ? 'When' : 'Когда'}: ${time}`
  return [first, profile?.name, second, text].filter(Boolean).join('\n')
}
