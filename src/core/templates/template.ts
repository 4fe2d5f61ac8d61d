import type { Language } from '../access/user.ts'

/** What a template may name. Words people see in the text, so English and short. */
export const templateVariables = ['contact.name', 'contact.firstName', 'company.name', 'lead.topic', 'user.name', 'firm.name', 'hours.opens'] as const
export type TemplateVariable = (typeof templateVariables)[number]
export type TemplateValues = Partial<Record<TemplateVariable, string>>

export interface TemplateFile {
  id: string
  name: string
  type: string
  size: number
}

export interface TemplateView {
  id: string
  name: string
  subject: string
  text: string
  language: Language | null
  teamId: string | null
  files: TemplateFile[]
  updatedAt: string
}

/** `{{contact.name}}`, or with what stands there when it is not known: `{{contact.firstName|colleague}}`. */
const variablePattern = /\{\{\s*([\w.]+)\s*(?:\|([^{}]*))?\}\}/g

/** Names in a text that mean nothing: a client would read the braces. */
export function unknownVariables(text: string): string[] {
  const names = [...text.matchAll(variablePattern)].map((match) => match[1] ?? '')
  return [...new Set(names.filter((name) => !isVariable(name)))]
}

/** Fills what is known. What is not and has no substitute is left out, with the comma and space before it: "Hello, !" greets nobody. */
export function fillText(text: string, values: TemplateValues): string {
  const filled = text.replaceAll(
    new RegExp(`(,?[ \\t]*)${variablePattern.source}`, 'g'),
    (_whole, before: string, name: string, instead?: string) => {
      const value = (isVariable(name) ? values[name] : undefined) || instead?.trim() || ''
      return value === '' ? '' : before + value
    },
  )
  return filled.replaceAll(/[ \t]+$/gm, '')
}

function isVariable(name: string): name is TemplateVariable {
  return templateVariables.some((known) => known === name)
}

/** The first word of a name as people write it: "Анна Петрова". Not for an address or a number. */
export function firstNameOf(name: string): string {
  const [first = ''] = name.trim().split(/\s+/)
  return /^\p{L}[\p{L}'’-]*$/u.test(first) ? first : ''
}
