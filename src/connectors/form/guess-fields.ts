import { type Entry, toPath } from './entries.ts'
import { exactRoleOfKey, normaliseKey, type Role, roleOfKey, roleOfType } from './field-roles.ts'
import { looksLikePhone } from './phones.ts'
import type { FormSettings, MappedField } from './settings.ts'
import { transformed } from './transforms.ts'

/** `by`: who says what it means. */
export type GuessedEntry = Entry & { as?: Role; by?: 'mapping' | 'type' | 'name' | 'value' }

/** Parents under which a bare `name` is the sender's own; elsewhere it names a product, a city, a manager. */
const personParents =
  /^(contact|contacts|client|customer|user|person|lead|data|fields|form fields|form data|values|params|payload|body|visitor|answers|author|sender|hidden|named values|form response|attributes|properties|submission|request|result|record|entry|order|registration|guest|participant|applicant|patient|buyer|contact info|\d+)$/
const goods = /(^|\.)(payment|products?|items?|cart|basket|goods)\./i
const email = /^[^\s<>(),;:"'@]{1,64}@[^\s<>(),;:"'@]{1,190}\.[\p{L}\d-]{2,63}$/u
const humanName = /^\p{Lu}\p{Ll}{1,30}(?:[ -]\p{Lu}\p{Ll}{1,30}){0,3}$/u
const namelessKey = /^(?:(?:field|input|text|q|question|поле|вопрос|value|f|answer)? ?\d*(?: \d+)?)$/

/** Says of each field what it means: by the mapping, the vendor's type, the key, and at last by the value. */
export function guessFields(entries: Entry[], settings: FormSettings): GuessedEntry[] {
  const mapping = new Map(Object.entries(settings.mapping).map(([key, to]) => [toPath(key).toLowerCase(), typeof to === 'string' ? { as: to } : to]))
  const isGravity = ['form_id', 'id', 'date_created'].every((key) => entries.some((entry) => entry.path === key))
  const guessed = entries.map((raw): GuessedEntry => {
    const mapped = mappedField(raw, mapping)
    const entry = mapped === undefined ? raw : transformed(raw, mapped)
    if (mapped?.as !== undefined) return { ...entry, as: mapped.as, by: 'mapping' }
    const ofBuilder = isGravity ? gravityRole(entry.path) : undefined
    if (ofBuilder !== undefined) return { ...entry, as: ofBuilder, by: 'type' }
    return { ...entry, ...guessRole(entry) }
  })
  guessByValue(guessed, settings)
  return guessed
}

function mappedField(entry: Entry, mapping: Map<string, MappedField>): MappedField | undefined {
  return mapping.get(entry.path.toLowerCase()) ?? mapping.get(toPath(entry.name).toLowerCase())
}

function guessRole(entry: Entry): Pick<GuessedEntry, 'as' | 'by'> {
  if (entry.type === 'file') return {}
  if (/^(?:honeypot|hp_(?:name|email|website|url|field|check|trap)\b)/i.test(entry.name)) return { as: 'honeypot', by: 'name' }
  const ofType = roleOfType(entry.type)
  const role = ofType ?? roleOfName(entry)
  return role !== undefined && fits(role, entry.value) ? { as: role, by: ofType === undefined ? 'name' : 'type' } : {}
}

/** By label, then by path; a nested `name` needs a parent that is a person. */
function roleOfName(entry: Entry): Role | undefined {
  const path = toPath(entry.path)
  if (goods.test(path)) return undefined
  const segments = path.split('.').filter((segment) => !/^(value|values|answer|text)$/i.test(segment))
  const last = segments.at(-1) ?? entry.path
  const parent = segments.at(-2)
  const isLabel = entry.name !== entry.path && toPath(entry.name) !== path
  const ofLabel = isLabel ? roleOfKey(entry.name) : undefined
  if (ofLabel !== undefined) return ofLabel
  if (parent === undefined) return roleOfKey(last)
  const whole = exactRoleOfKey(`${parent} ${last}`) ?? (/name$/i.test(parent) ? exactRoleOfKey(`${last} name`) : undefined)
  if (whole !== undefined) return whole
  const role = roleOfKey(last)
  return role === 'name' && !personParents.test(normaliseKey(parent)) ? undefined : role
}

/** Keys lie ("How shall we reach you: phone or mail?" → "phone"): the value has to be possible. */
function fits(role: Role, value: string): boolean {
  switch (role) {
    case 'phone':
      return value.replace(/\D/g, '').length >= 5
    case 'email':
      return value.includes('@')
    case 'page':
      return /^(https?:\/\/|\/|[\w-]+(\.[\w-]+)+)/.test(value)
    case 'name':
      return value.length <= 200 && /\p{L}/u.test(value)
    default:
      return true
  }
}

/** Gravity Forms, "All fields": ids of inputs; .3 is the first, .6 the last name (https://docs.gravityforms.com/name/). */
function gravityRole(path: string): Role | undefined {
  const part = /^\d+[._]([346])$/.exec(path)?.[1]
  if (part === '3') return 'firstName'
  if (part === '6') return 'lastName'
  return part === '4' ? 'middleName' : undefined
}

function guessByValue(entries: GuessedEntry[], settings: FormSettings): void {
  const has = (...roles: Role[]) => entries.some((entry) => entry.as !== undefined && roles.includes(entry.as) && entry.value.trim() !== '')
  const free = () => entries.filter((entry) => entry.as === undefined && !goods.test(entry.path) && entry.value.trim() !== '')
  const mark = (role: Role, test: (entry: GuessedEntry) => boolean) => {
    const found = free().find(test)
    if (found !== undefined) Object.assign(found, { as: role, by: 'value' })
  }
  const key = (entry: Entry) => normaliseKey(toPath(entry.path).split('.').at(-1) ?? '')
  if (!has('phone')) mark('phone', (entry) => looksLikePhone(entry.value, key(entry), settings.defaultCountry))
  if (!has('email')) mark('email', (entry) => entry.value.length <= 320 && email.test(entry.value.trim()))
  if (!has('name', 'firstName', 'lastName')) mark('name', (entry) => namelessKey.test(key(entry)) && humanName.test(entry.value.trim()))
  if (!has('text')) mark('text', (entry) => namelessKey.test(key(entry)) && /\S\s+\S+\s+\S/.test(entry.value) && !/^https?:/.test(entry.value))
}
