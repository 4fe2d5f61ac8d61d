import twilio from 'twilio'
import { addressOf } from './phones.ts'
import type { Settings } from './settings.ts'
import { hookOf, onward, type Thread } from './thread.ts'

export type Twiml = InstanceType<typeof twilio.twiml.VoiceResponse>
type DialAttributes = NonNullable<Parameters<Twiml['dial']>[0]>

/** The most that Twilio rings in one Dial. */
const mostPhones = 10

export interface Ringing {
  settings: Settings
  hookUrl: string
  thread: Thread
}

export interface Phones {
  /** As in Team. */
  users: string[]
  isForAll: boolean
  contactName?: string | undefined
}

export function newTwiml(): Twiml {
  return new twilio.twiml.VoiceResponse()
}

/** Speaks a text, or plays it where it is the address of a recording. */
export function speak(twiml: Twiml, text: string | undefined, { language }: Pick<Settings, 'language'>): void {
  if (!text) return
  if (/^https?:\/\/\S+$/.test(text)) twiml.play(text)
  // Twilio reads more languages than its own types list.
  else twiml.say({ language: language as 'en-US' }, text)
}

/** Rings phones of ours, together or in their order; whatever comes of it is told to `/dial-done`. False: none of them can be rung. */
export function ringPhones(twiml: Twiml, { settings, hookUrl, thread }: Ringing, { users, isForAll, contactName }: Phones): boolean {
  const addresses = [...new Set(users.flatMap((user) => addressOf(user, settings) ?? []))].slice(0, mostPhones)
  if (addresses.length === 0) return false
  const dial = twiml.dial({
    answerOnBridge: true,
    timeout: settings.ringSeconds,
    sequential: !isForAll && addresses.length > 1,
    action: hookOf(hookUrl, '/dial-done', onward(thread)),
    ...recordingOf(settings, hookOf(hookUrl, '/recording', { call: thread.call })),
  })
  const told = statusOf(hookOf(hookUrl, '/status', { call: thread.call, leg: 'user', ...(thread.answered && { answered: thread.answered }) }))
  for (const address of addresses) {
    if (address.startsWith('client:')) {
      const noun = dial.client(told)
      noun.identity(address.slice('client:'.length))
      if (contactName !== undefined) noun.parameter({ name: 'contact', value: contactName })
    } else if (address.startsWith('+')) dial.number(told, address)
    else dial.sip(told, address)
  }
  return true
}

/** The client's phone, once the user has picked his up. */
export function ringClient(twiml: Twiml, { settings, hookUrl, thread }: Ringing, client: string): void {
  const dial = twiml.dial({
    ...(settings.number !== undefined && { callerId: settings.number }),
    timeout: 60,
    action: hookOf(hookUrl, '/dial-done', onward(thread)),
    ...recordingOf(settings, hookOf(hookUrl, '/recording', { call: thread.call, ...(thread.request && { request: thread.request }) })),
  })
  dial.number(statusOf(hookOf(hookUrl, '/status', { ...onward(thread), leg: 'client' })), client)
}

function recordingOf({ record }: Pick<Settings, 'record'>, address: string): DialAttributes {
  if (!record) return {}
  return {
    record: 'record-from-answer-dual',
    recordingStatusCallback: address,
    recordingStatusCallbackEvent: ['in-progress', 'completed', 'absent'],
  }
}

function statusOf(address: string) {
  const events: ('initiated' | 'ringing' | 'answered' | 'completed')[] = ['initiated', 'ringing', 'answered', 'completed']
  return { statusCallback: address, statusCallbackEvent: events }
}

/** Both ends move into a room of their own, where each can be held and muted; it ends when either leaves. */
export function enterRoom(twiml: Twiml, { settings, hookUrl, thread }: Ringing, phone: string): void {
  const dial = twiml.dial({ action: hookOf(hookUrl, '/dial-done', { ...onward(thread), answered: '1' }) })
  const told = { call: thread.call, ...(thread.request && { request: thread.request }) }
  dial.conference(
    {
      beep: 'false',
      startConferenceOnEnter: true,
      endConferenceOnExit: true,
      waitUrl: '',
      statusCallback: hookOf(hookUrl, '/conference', { ...told, phone }),
      statusCallbackEvent: ['hold'],
      ...(settings.record && {
        record: 'record-from-start' as const,
        recordingStatusCallback: hookOf(hookUrl, '/recording', told),
        recordingStatusCallbackEvent: ['in-progress', 'completed', 'absent'] as ('in-progress' | 'completed' | 'absent')[],
      }),
    },
    thread.call,
  )
}
