import type { Source } from '../../core/connector/event.ts'
import { toPath } from './entries.ts'
import type { Role } from './field-roles.ts'
import type { GuessedEntry } from './guess-fields.ts'
import { tildaTags } from './tilda.ts'

/** Click ids and visitor ids of advertising and counting systems. */
const clickIds = new Set(
  `gclid yclid fbclid ctwa_clid msclkid wbraid gbraid ttclid ymclid ysclid rb_clickid vk_clickid twclid li_fat_id roistat roistat_visit _ym_uid _ym_counter ym_client_id
  metrika_client_id _ga _gid ga_client_id client_id_ga _fbp _fbc clickid click_id calltouch_session_id ct_session_id cm_id erid openstat _openstat`.split(
    /\s+/,
  ),
)

interface Tags {
  utm: Map<string, string>
  clicks: Map<string, string>
}

/** Where the visitor came from: fields win over the page's address, the page over cookies. */
export function readSource(entries: GuessedEntry[], referer: string | undefined): Source | undefined {
  const tags: Tags = { utm: new Map(), clicks: new Map() }
  for (const entry of entries) takeTag(tags, toPath(entry.path), entry.value)
  const written = fieldOf(entries, 'page')
  const page = written ?? referer
  const referrer = fieldOf(entries, 'referrer') ?? referer
  takeQuery(tags, page)
  for (const [name, value] of tildaTags(fieldOf(entries, 'cookies'))) takeTag(tags, name, value)
  const source: Source = {}
  if (tags.utm.size > 0) source.utm = Object.fromEntries(tags.utm)
  if (tags.clicks.size > 0) source.clickIds = Object.fromEntries(tags.clicks)
  if (page !== undefined) source.page = page.slice(0, 2000).toWellFormed()
  if (referrer !== undefined) source.referrer = referrer.slice(0, 2000).toWellFormed()
  const campaign = tags.utm.get('campaign')
  if (campaign !== undefined) source.campaign = campaign
  const extra = formOf(entries)
  if (extra !== undefined) source.extra = extra
  return Object.keys(source).length === 0 ? undefined : source
}

/** Whether a field is a tag of advertising: told apart from what the visitor wrote. */
export function isTag(path: string): boolean {
  return utmName(path) !== undefined || clickName(path) !== undefined
}

function takeTag(tags: Tags, path: string, value: string): void {
  const text = value.trim().slice(0, 500).toWellFormed()
  if (text === '') return
  const utm = utmName(path)
  if (utm !== undefined && !tags.utm.has(utm)) tags.utm.set(utm, text)
  const click = clickName(path)
  if (click !== undefined && !tags.clicks.has(click)) tags.clicks.set(click, text)
}

/** `utm_source`, `utmSource`, `utm[source]`, `hidden.utm_source` → `source`. */
function utmName(path: string): string | undefined {
  const found = /(?:^|\.)utm[._-]?([a-zA-Z][\w]{1,30})$/.exec(path)?.[1]
  return found?.replace(/^[A-Z]/, (letter) => letter.toLowerCase()).toLowerCase()
}

function clickName(path: string): string | undefined {
  const last = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  return clickIds.has(last) ? last : undefined
}

function takeQuery(tags: Tags, page: string | undefined): void {
  const query = page?.split('#', 1)[0]?.split('?')[1]
  if (query === undefined) return
  for (const [name, value] of new URLSearchParams(query.slice(0, 8000))) takeTag(tags, name, value.replaceAll('\u0000', ''))
}

function formOf(entries: GuessedEntry[]): Record<string, string> | undefined {
  const found = (['formId', 'formName'] as const).flatMap((role) => {
    const value = fieldOf(entries, role)
    return value === undefined ? [] : [[role, value.slice(0, 200).toWellFormed()]]
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

/** First non-empty value of a meaning. */
export function fieldOf(entries: GuessedEntry[], role: Role): string | undefined {
  return entries.find((entry) => entry.as === role && entry.value.trim() !== '')?.value.trim()
}
