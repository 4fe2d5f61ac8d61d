import type { RawDelivery } from '../../core/connector/delivery.ts'
import type { Localised } from '../../core/connector/manifest.ts'
import { kindOf } from './parse-body.ts'
import type { Submission } from './submissions.ts'
import { isTildaPing } from './tilda.ts'

/** Everybody who is told by what he sends. */
export const senders = {
  tilda: { en: 'Tilda', ru: 'Tilda' },
  typeform: { en: 'Typeform', ru: 'Typeform' },
  cf7: { en: 'Contact Form 7', ru: 'Contact Form 7' },
  gravity: { en: 'Gravity Forms', ru: 'Gravity Forms' },
  wpforms: { en: 'WPForms', ru: 'WPForms' },
  elementor: { en: 'Elementor', ru: 'Elementor' },
  google: { en: 'Google Forms', ru: 'Google Формы' },
  yandex: { en: 'Yandex Forms', ru: 'Яндекс Формы' },
  wordpress: { en: 'WordPress', ru: 'WordPress' },
  tally: { en: 'Tally', ru: 'Tally' },
  leadAds: { en: 'Lead Ads', ru: 'Lead Ads' },
  embed: { en: 'Ready form', ru: 'Готовая форма' },
  html: { en: 'HTML form', ru: 'Форма на HTML' },
  json: { en: 'JSON', ru: 'JSON' },
  server: { en: 'A server', ru: 'Сервер' },
} as const satisfies Record<string, Localised>

export type SenderId = keyof typeof senders

interface Seen {
  request: RawDelivery
  submission: Submission
  /** Lower-cased paths of all fields. */
  has(...paths: string[]): boolean
  some(pattern: RegExp): boolean
  value(path: string): string
}

/** The surest sign first. `some` looks at lower-cased paths. */
const signs: [SenderId, (seen: Seen) => boolean][] = [
  ['typeform', ({ submission, request }) => submission.key?.startsWith('typeform:') === true || request.headers['typeform-signature'] !== undefined],
  ['leadAds', ({ submission }) => submission.key?.startsWith('lead-ads:') === true],
  ['embed', ({ has }) => has('sb_elapsed', 'submission_id')],
  ['tilda', ({ has, value }) => has('tranid') || (has('formid', 'cookies') && /tildautm/i.test(value('cookies'))) || has('formid', 'formservices[]')],
  ['tilda', ({ request }) => isTildaPing(request)],
  ['elementor', ({ has, value }) => value('powered by') === 'Elementor' || value('powered_by') === 'Elementor' || has('form.id', 'form.name')],
  ['elementor', ({ some, has }) => some(/^(form_)?fields\.[^.]+\.raw_value$/) && has('form.id')],
  ['cf7', ({ some }) => some(/^_?wpcf7/) || some(/^your-(name|email|tel|phone|subject|message)$/)],
  ['gravity', ({ has }) => has('id', 'form_id', 'date_created')],
  ['google', ({ value, some, submission }) => value('source') === 'google-forms' || some(/^namedvalues\./) || isGoogleResponse(submission)],
  ['tally', ({ value }) => value('eventtype') === 'FORM_RESPONSE'],
  ['yandex', ({ request, has }) => isJsonRpc(request) || /yandex/i.test(request.headers['user-agent'] ?? '') || has('formid', 'answerid')],
  ['wpforms', ({ request, some }) => /wpforms/i.test(request.headers['user-agent'] ?? '') || some(/^wpforms\b/)],
  ['wpforms', ({ request, has }) => kindOf(request) !== 'multipart' && has('entry_id')],
]

/** Who sent it, by the shape alone: nothing has to be chosen. */
export function recogniseSender(request: RawDelivery, submission: Submission): SenderId {
  const paths = new Map(submission.entries.map((entry) => [entry.path.toLowerCase(), entry.value]))
  const seen: Seen = {
    request,
    submission,
    has: (...wanted) => wanted.every((path) => paths.has(path)),
    some: (pattern) => [...paths.keys()].some((path) => pattern.test(path)),
    value: (path) => paths.get(path)?.trim() ?? '',
  }
  const known = signs.find(([, isSeen]) => isSeen(seen))?.[0]
  if (known !== undefined) return known
  if (/^WordPress\//.test(request.headers['user-agent'] ?? '')) return 'wordpress'
  if (kindOf(request) === 'json') return 'json'
  return request.headers.origin !== undefined || request.headers['sec-fetch-mode'] !== undefined ? 'html' : 'server'
}

function isGoogleResponse({ entries }: Submission): boolean {
  return entries.some(({ path, value }) => path === 'responseId' && value.startsWith('2_'))
}

function isJsonRpc(request: RawDelivery): boolean {
  return Buffer.from(request.body.subarray(0, 2000)).toString('latin1').includes('"jsonrpc"')
}
