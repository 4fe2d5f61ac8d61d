import { z } from 'zod'
import { accountSettings } from '../kits/twilio/account.ts'

/** Twilio's own free music; the piece is about a minute long. */
const twilioMusic = 'http://com.twilio.music.classical.s3.amazonaws.com/BusyStrings.mp3'

const spoken = (title: string, description?: string) =>
  z
    .string()
    .trim()
    .max(600)
    .optional()
    .meta({ title, ...(description && { description }) })

export const settings = z.object({
  ...accountSettings,
  number: z
    .string()
    .trim()
    .regex(/^\+\d{5,15}$/, 'In international form, as +74950000000')
    .optional()
    .meta({ title: 'Our number', description: 'Shown to clients by click to call; its hooks are set up by the button' }),
  sipDomain: z
    .string()
    .trim()
    .regex(/^[\w.-]+$/)
    .optional()
    .meta({ title: 'SIP domain', description: 'example.sip.twilio.com; then an extension 101 is rung as sip:101@example.sip.twilio.com' }),
  language: z
    .string()
    .trim()
    .regex(/^[a-z]{2,3}-[A-Z]{2}$/, 'As en-US or ru-RU')
    .default('en-US')
    .meta({ title: 'Language of spoken texts' }),
  greeting: spoken('Greeting', 'Spoken first; or the https address of a recording'),
  recordingNotice: spoken('Notice that the call is recorded', 'Spoken after the greeting'),
  closedGreeting: spoken('Outside business hours'),
  voicemailGreeting: spoken('When nobody answers', 'Before the tone of the voicemail'),
  record: z.boolean().default(true).meta({ title: 'Record calls', description: 'Both sides on tracks of their own' }),
  voicemail: z.boolean().default(true).meta({ title: 'Voicemail', description: 'When nobody answers and outside business hours' }),
  ringSeconds: z.int().min(5).max(120).default(25).meta({ title: 'Seconds to ring' }),
  rings: z.int().min(1).max(20).default(3).meta({ title: 'How often to ring', description: 'With hold music in between; 1: no queue' }),
  queueSeconds: z
    .int()
    .min(10)
    .max(3600)
    .default(300)
    .meta({ title: 'Longest wait at a time', description: 'Seconds of hold music while nobody is there' }),
  holdMusic: z
    .url({ protocol: /^https?$/ })
    .default(twilioMusic)
    .meta({ title: 'Hold music', description: 'A short piece: the phones are rung again when it ends' }),
  fallbackNumbers: z
    .string()
    .trim()
    .optional()
    .meta({ title: 'Numbers when the hub cannot decide', description: 'Separated by commas; empty: voicemail' }),
})

export type Settings = z.infer<typeof settings>
