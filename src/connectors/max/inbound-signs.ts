import type { InboundEvent } from '../../core/connector/event.ts'
import { occurredAt, partyOf } from './party.ts'
import type { Callback, Dialog } from './payloads.ts'

/** A pressed button: shown as a message with the button's caption. The message beside it is the bot's own, the user presses. */
export function readCallback({ callback, message, user_locale: locale }: Callback): InboundEvent[] {
  const pressed = callback.payload ?? ''
  const buttons = (message?.body.attachments ?? []).flatMap((part) => part.payload?.buttons ?? []).flat()
  const label = buttons.find((button) => button.payload === pressed)?.text
  const externalId = `button:${callback.callback_id}`
  return [
    {
      type: 'message',
      key: externalId,
      externalId,
      direction: 'inbound',
      from: partyOf(callback.user, { locale }),
      ...occurredAt(callback.timestamp),
      conversation: { by: 'contact' },
      text: label || pressed,
      ...(message?.body.mid ? { replyTo: message.body.mid } : {}),
      extra: { button: pressed },
    },
  ]
}

/** The client pressed "Start", perhaps by a link with a campaign; that also allows us to write. */
export function readStarted({ user, payload, user_locale: locale, timestamp }: Dialog, key: string): InboundEvent[] {
  const from = partyOf(user, { locale })
  const externalId = `start:${key}`
  return [
    {
      type: 'message',
      key: externalId,
      externalId,
      direction: 'inbound',
      from,
      ...occurredAt(timestamp),
      conversation: { by: 'contact' },
      text: payload ? `/start ${payload}` : '/start',
      ...(payload ? { source: { campaign: payload, extra: { start: payload } } } : {}),
    },
    { type: 'blocked', key: `allowed:${key}`, from, ...occurredAt(timestamp), blocked: false },
  ]
}

export function readStopped({ user, timestamp }: Dialog, key: string): InboundEvent[] {
  return [{ type: 'blocked', key: `blocked:${key}`, from: partyOf(user), ...occurredAt(timestamp), blocked: true }]
}
