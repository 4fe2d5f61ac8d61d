import { make } from './dom.ts'
import type { Texts } from './texts.ts'

export interface FieldOptions {
  name: string
  label: string
  type?: 'text' | 'tel' | 'email' | 'datetime-local' | 'textarea'
  autocomplete?: AutoFill
  required?: boolean
  /** Neither required nor free: one of several is wanted. */
  isOneOf?: boolean
  value?: string
}

export interface Field {
  element: HTMLElement
  input: HTMLInputElement | HTMLTextAreaElement
  value(): string
  /** Says what is wrong beside the field; an empty word says that nothing is. */
  complain(words: string): void
}

/** A label, its field and the place of its complaint, tied together for those who hear instead of see. */
export function makeField(options: FieldOptions, texts: Texts): Field {
  const { name, label, type = 'text', autocomplete, required = false, isOneOf = false, value } = options
  const complaint = make('p', { class: 'complaint', id: `sb-${name}-complaint` })
  const shared = {
    id: `sb-${name}`,
    name,
    'aria-describedby': complaint.id,
    'aria-required': required ? 'true' : undefined,
    autocomplete,
    maxlength: type === 'textarea' ? '10000' : '254',
  }
  const input = type === 'textarea' ? make('textarea', { ...shared, rows: '3' }) : make('input', { ...shared, type })
  if (value) input.value = value
  const words = make('label', { for: shared.id }, label, required || isOneOf ? null : make('small', {}, ` · ${texts.optional}`))
  const field: Field = {
    element: make('div', { class: 'field' }, words, input, complaint),
    input,
    value: () => input.value.trim(),
    complain(said) {
      complaint.textContent = said
      if (said === '') input.removeAttribute('aria-invalid')
      else input.setAttribute('aria-invalid', 'true')
    },
  }
  input.addEventListener('input', () => field.complain(''))
  return field
}

/** What is wrong with a value of its kind; empty when nothing is. */
export function problemOf({ value, input }: Field, texts: Texts): string {
  const text = value()
  if (text === '') return input.getAttribute('aria-required') === 'true' ? texts.required : ''
  if (input.type === 'email' && !/^\S+@\S+\.\S+$/.test(text)) return texts.badEmail
  return input.type === 'tel' && text.replace(/\D/g, '').length < 6 ? texts.badPhone : ''
}

/** Complains where it is due and goes to the first complaint; true when all is well. */
export function checkFields(fields: Field[], texts: Texts): boolean {
  const wrong = fields.filter((field) => {
    const problem = problemOf(field, texts)
    field.complain(problem)
    return problem !== ''
  })
  wrong[0]?.input.focus()
  return wrong.length === 0
}
