import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, nothing, pageOf, pageQuery } from './page.ts'
import { call, callOutcome, evidence, recording, time } from './shapes.ts'

const seconds = z.coerce.number<number>().int().min(0).max(86_400)
const flag = z.enum(['true', 'false']).transform((word) => word === 'true')
const phone = z.string().regex(/^\+[1-9]\d{2,14}$/, 'E.164, as +79990001122')

const ofRecording = byId.extend({ recordingId: z.uuid() })
const link = z.object({ url: z.string(), expiresAt: time })

const candidate = z.object({
  contactId: z.uuid(),
  name: z.string(),
  company: z.string().nullable(),
  isChosen: z.boolean().describe('the call stands on his card now'),
  evidence: evidence.nullable(),
  since: time.nullable().describe('since when the number is on his card'),
  touches: z.array(z.object({ kind: z.string(), medium: z.string().nullable(), direction: z.string().nullable(), at: time, text: z.string() })),
  tasks: z.array(z.object({ title: z.string(), dueAt: time })),
})

export const callsContract = {
  list: oc
    .route({ method: 'GET', path: '/calls', summary: 'Newest first' })
    .input(
      z.object({
        ...pageQuery,
        query: z.string().max(200).optional().describe('words of the name, the note or the result, or digits of a number'),
        contactId: z.uuid().optional(),
        channelId: z.uuid().optional(),
        userId: z.uuid().optional(),
        direction: z.enum(['inbound', 'outbound', 'internal']).optional(),
        outcome: callOutcome.optional(),
        state: z.enum(['running', 'ended']).optional(),
        missed: flag.optional(),
        recorded: flag.optional(),
        reviewed: flag.optional(),
        sampled: z.iso.date().optional().describe('drawn by chance for review on this day'),
        dialled: z.string().max(100).optional(),
        from: z.iso.datetime({ offset: true }).optional(),
        to: z.iso.datetime({ offset: true }).optional(),
        minSeconds: seconds.optional(),
        maxSeconds: seconds.optional(),
      }),
    )
    .output(pageOf(call)),
  get: oc.route({ method: 'GET', path: '/calls/{id}' }).input(byId).output(call),
  update: oc
    .route({ method: 'PATCH', path: '/calls/{id}', summary: 'What came of it: while it runs or after' })
    .input(
      byId.extend({
        disposition: z.string().max(100).nullable().optional(),
        note: z.string().max(10_000).nullable().optional(),
        wrappedUp: z.boolean().optional(),
      }),
    )
    .output(call),
  candidates: oc
    .route({ method: 'GET', path: '/calls/{id}/candidates', summary: 'Whose call it may be, why, the last touches and open promises of each' })
    .input(byId)
    .output(z.object({ address: z.object({ name: z.string().nullable(), source: z.string().nullable() }).nullable(), items: z.array(candidate) })),
  putOnCard: oc
    .route({ method: 'POST', path: '/calls/{id}/card', summary: 'Whose call it is: it goes there with its recording, tasks and the lead it opened' })
    .input(byId.extend({ contactId: z.uuid().nullable().describe('null: a client who is not known yet') }))
    .output(call),
  recordings: oc
    .route({ method: 'GET', path: '/calls/{id}/recordings' })
    .input(byId)
    .output(z.object({ items: z.array(recording) })),
  waveform: oc
    .route({ method: 'GET', path: '/calls/{id}/recordings/{recordingId}/waveform', summary: 'Loudest values, 0 to 1, per track' })
    .input(ofRecording)
    .output(
      z.object({
        seconds: z.number().nullable(),
        sides: z.array(z.string()).nullable(),
        peaks: z.array(z.array(z.number())),
        gaps: z.array(z.object({ from: z.number(), to: z.number() })).describe('seconds, in which recording was paused by hand'),
      }),
    ),
  listenLink: oc
    .route({ method: 'POST', path: '/calls/{id}/recordings/{recordingId}/link', summary: 'Plays without a session for two hours; in the audit' })
    .input(ofRecording)
    .output(link),
  downloadLink: oc
    .route({ method: 'POST', path: '/calls/{id}/recordings/{recordingId}/download', summary: 'Saves the file; in the audit' })
    .input(ofRecording)
    .output(link),
  eraseRecording: oc
    .route({ method: 'DELETE', path: '/calls/{id}/recordings/{recordingId}', summary: 'The sound goes for good; that it was there stays' })
    .input(ofRecording)
    .output(nothing),
  place: oc
    .route({ method: 'POST', path: '/calls', successStatus: 202, summary: "Rings the caller's own phone first, then the client" })
    .input(z.object({ contactId: z.uuid(), to: phone, channelId: z.uuid().optional() }))
    .output(call),
  control: oc
    .route({ method: 'POST', path: '/calls/{id}/control', summary: 'What the connector can do to a running call' })
    .input(
      byId.extend({
        name: z.enum(['hang_up', 'hold', 'resume', 'transfer', 'mute', 'unmute', 'pause_recording', 'resume_recording']),
        legId: z.string().max(400).optional(),
        to: z.string().max(100).optional(),
      }),
    )
    .output(call),
}
