import { isDeepStrictEqual } from 'node:util'
import type { Stage } from './contact.ts'
import type { EditableContact } from './contact-store.ts'

/** Absent: stays. In `fields`, null takes a field away. */
export interface ContactPatch {
  name?: string | undefined
  stage?: Stage | undefined
  ownerId?: string | null | undefined
  companyId?: string | null | undefined
  language?: string | null | undefined
  fields?: Record<string, unknown> | undefined
}

export interface FieldChange {
  /** A column, or `fields.` and the name. */
  field: string
  before: unknown
  after: unknown
}

const columns = ['name', 'stage', 'ownerId', 'companyId', 'language'] as const

/** What a patch really changes, one by one, so that each can be restored by itself. */
export function changesOf(contact: EditableContact, patch: ContactPatch): FieldChange[] {
  const plain = columns.flatMap((field) => change(field, contact[field], patch[field]))
  const fields = Object.entries(patch.fields ?? {}).flatMap(([name, after]) => change(`fields.${name}`, contact.fields[name] ?? null, after))
  return [...plain, ...fields]
}

/** The patch that sets one field of the history back to a value. */
export function patchOf(field: string, value: unknown): ContactPatch {
  return field.startsWith('fields.') ? { fields: { [field.slice('fields.'.length)]: value } } : { [field]: value }
}

export function applyPatch(contact: EditableContact, patch: ContactPatch): EditableContact {
  const merged = { ...contact.fields, ...patch.fields }
  const fields = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null && value !== undefined))
  const given = Object.fromEntries(columns.flatMap((name) => (patch[name] === undefined ? [] : [[name, patch[name]]])))
  return { ...contact, ...given, fields }
}

function change(field: string, before: unknown, after: unknown): FieldChange[] {
  return after === undefined || isDeepStrictEqual(before, after) ? [] : [{ field, before, after }]
}
