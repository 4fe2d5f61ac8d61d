import { callerOf } from '../../core/connector/caller.ts'
import type { CallQuestion } from '../../core/connector/calling.ts'
import type { Decision } from '../../core/connector/connector.ts'
import type { HookReply, RawDelivery } from '../../core/connector/delivery.ts'
import { readForm } from '../kits/twilio/signature.ts'
import { newTwiml, type Phones, type Ringing, ringPhones, speak, type Twiml } from './dial.ts'
import { fallbackOf } from './phones.ts'
import type { Settings } from './settings.ts'
import { hookOf, onward, threadOf } from './thread.ts'

const asking = new Set(['', '/', '/voice', '/wait', '/queue-done'])

/** Whoever calls waits for the answer: at the start, and each time a piece of hold music ends. */
export function asks(request: RawDelivery): CallQuestion | undefined {
  if (!asking.has(request.path)) return undefined
  const form = readForm(request)
  const number = callerOf(form.get('From') ?? '').identities[0]?.value
  const dialled = form.get('To')
  return { ...(number !== undefined && { number }), ...(dialled && { dialled }) }
}

/**
 * What a caller hears next, as TwiML. Each answer follows from the request and the decision alone, so that a repeated request hears the same.
 * Nobody ever hears an error: without a decision the settings decide.
 */
export function reply(request: RawDelivery, settings: Settings, decision: Decision, hookUrl: string): HookReply {
  const form = readForm(request)
  const thread = threadOf(request, form.get('CallSid') ?? '')
  const now: Ringing = { settings, hookUrl, thread }
  const twiml = newTwiml()
  switch (request.path) {
    case '':
    case '/':
    case '/voice':
      welcome(twiml, now, decision)
      break
    case '/dial-done':
      afterDial(twiml, now, form.get('DialCallStatus') ?? '')
      break
    case '/wait':
      wait(twiml, now, decision, Number(form.get('QueueTime')) || 0)
      break
    case '/queue-done':
      if (form.get('QueueResult') !== 'leave' || !ringPhones(twiml, now, phonesOf(decision, settings))) goTo(twiml, now, '/nobody')
      break
    case '/nobody':
      nobody(twiml, now)
      break
    case '/voicemail-done':
      twiml.hangup()
      break
    default:
      return { status: 200 }
  }
  return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: twiml.toString() }
}

function phonesOf(decision: Decision, settings: Settings): Phones {
  if (decision.kind === 'call') return { users: decision.ring, isForAll: decision.isForAll, contactName: decision.contactName }
  return { users: fallbackOf(settings), isForAll: true }
}

function welcome(twiml: Twiml, now: Ringing, decision: Decision): void {
  const { settings, hookUrl, thread } = now
  if (decision.kind === 'call' && !decision.isOpen) {
    twiml.redirect(hookOf(hookUrl, '/nobody', { ...onward(thread), closed: '1' }))
    return
  }
  speak(twiml, settings.greeting, settings)
  if (settings.record) speak(twiml, settings.recordingNotice, settings)
  const first = { ...now, thread: { ...thread, round: '1' } }
  if (ringPhones(twiml, first, phonesOf(decision, settings))) return
  if (decision.kind === 'call' && settings.rings > 1) queue(twiml, first)
  else goTo(twiml, now, '/nobody')
}

/** Rung in vain: music and once more, as often as the settings say. Somebody who was spoken to is not queued again. */
function afterDial(twiml: Twiml, now: Ringing, status: string): void {
  const { settings, thread } = now
  if (status === 'completed' || status === 'answered') {
    // Where the two are just being moved into a room, the move comes within this time.
    twiml.pause({ length: 2 })
    twiml.hangup()
  } else if (thread.request !== undefined) twiml.hangup()
  else if (thread.answered === undefined && Number(thread.round ?? 1) < settings.rings) queue(twiml, now)
  else goTo(twiml, now, '/nobody')
}

function queue(twiml: Twiml, { hookUrl, thread }: Ringing): void {
  const next = { ...onward(thread), round: String(Number(thread.round ?? 0) + 1) }
  twiml.enqueue({ waitUrl: hookOf(hookUrl, '/wait', next), action: hookOf(hookUrl, '/queue-done', next) }, 'switchboard')
}

/** A piece of music first; then out of the queue as soon as somebody is there, or when it has lasted too long. */
function wait(twiml: Twiml, { settings }: Ringing, decision: Decision, waited: number): void {
  const isSomebodyThere = phonesOf(decision, settings).users.length > 0
  if (waited > 0 && (isSomebodyThere || waited >= settings.queueSeconds)) twiml.leave()
  else twiml.play(settings.holdMusic)
}

function nobody(twiml: Twiml, { settings, hookUrl, thread }: Ringing): void {
  speak(twiml, thread.closed ? (settings.closedGreeting ?? settings.voicemailGreeting) : settings.voicemailGreeting, settings)
  if (settings.voicemail) {
    twiml.record({
      maxLength: 180,
      timeout: 10,
      playBeep: true,
      action: hookOf(hookUrl, '/voicemail-done', { call: thread.call }),
      recordingStatusCallback: hookOf(hookUrl, '/recording', {
        call: thread.call,
        voicemail: '1',
        ...(thread.answered && { answered: thread.answered }),
      }),
      recordingStatusCallbackEvent: ['completed', 'absent'],
    })
  }
  twiml.hangup()
}

function goTo(twiml: Twiml, { hookUrl, thread }: Ringing, path: string): void {
  twiml.redirect(hookOf(hookUrl, path, onward(thread)))
}
