import type { RawDelivery } from '../../core/connector/delivery.ts'
import type { Entry } from './entries.ts'
import { normaliseKey } from './field-roles.ts'
import { sha256 } from './fingerprint.ts'
import type { Submission } from './submissions.ts'

/** Names of ids that senders put into the body, best first. */
const idNames = ['idempotency key', 'dedupe key', 'submission id', 'tranid', 'response id', 'answer id', 'leadgen id', 'entry id', 'event id']

const idHeaders = ['idempotency-key', 'x-idempotency-key', 'webhook-id', 'svix-id']

/** An id found in the body. Weak: it may name something else (an event one registers for, a counter per form), so equal answers are asked for too. */
export interface FoundKey {
  key: string
  isWeak: boolean
}

/**
 * `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header), with or without the quotes of its last draft; `webhook-id` of Standard Webhooks,
 * which is the same on every retry.
 */
export function headerKey(request: RawDelivery): string | undefined {
  const told = idHeaders.map((name) => request.headers[name]).find((value) => value !== undefined)
  const value = told?.trim().replace(/^"(.*)"$/, '$1')
  return value === undefined || !isFilledIn(value) ? undefined : bounded(`idempotency:${value}`)
}

/** The vendor's own id of a submission. */
export function bodyKey(submission: Submission): FoundKey | undefined {
  if (submission.key !== undefined) return { key: bounded(submission.key), isWeak: false }
  const { entries } = submission
  const form = find(entries, 'form id') ?? find(entries, 'form name') ?? ''
  const gravity = find(entries, 'id')
  if (gravity !== undefined && form !== '' && find(entries, 'date created') !== undefined)
    return { key: bounded(`gravity:${form}:${gravity}`), isWeak: false }
  for (const name of idNames) {
    const id = find(entries, name)
    if (id === undefined) continue
    if (name === 'tranid') return { key: bounded(`tilda:${form}:${id}`), isWeak: false }
    return { key: bounded(`${name.replace(' ', '-')}:${form}:${id}`), isWeak: !isUnique(id, name) }
  }
  return undefined
}

function find(entries: Entry[], name: string): string | undefined {
  return entries.find((entry) => isNamed(entry.path, name) && isFilledIn(entry.value))?.value.trim()
}

function isNamed(path: string, name: string): boolean {
  const last = path.slice(path.lastIndexOf('.') + 1)
  const isNested = last.length < path.length
  const isOwn = !isNested || /^(data|params|form|payload|lead|hidden)\.[^.]+$/.test(path)
  if (!isOwn || (isNested && name === 'id')) return false
  const key = normaliseKey(last)
  return key === name || key.replaceAll(' ', '') === name.replaceAll(' ', '') || (isNested && normaliseKey(path) === name)
}

/** Templates that nobody filled in (`{{id}}`, `[id]`, `null`) are no ids. */
function isFilledIn(value: string): boolean {
  const text = value.trim()
  return text !== '' && !/^(?:\{.*\}|\[.*\]|<.*>|%.*%|\$\{?.*|null|undefined|none|0|false|true|nan)$/i.test(text)
}

function isUnique(id: string, name: string): boolean {
  if (name === 'event id') return /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(id) || /^(?=.*\d)[A-Za-z0-9]{16,}$/.test(id)
  return id.length >= 8
}

function bounded(key: string): string {
  const clean = key.replaceAll('\u0000', '').toWellFormed()
  return clean.length <= 200 ? clean : `${clean.slice(0, 40)}:${sha256(clean)}`
}
