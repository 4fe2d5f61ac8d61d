import { Parser } from 'htmlparser2'
import { roleOfKey, roleOfType } from './field-roles.ts'

/** A control of a pasted form. */
export interface HtmlField {
  name: string
  type: string
  /** Words beside it: its label, placeholder or title. */
  label: string
  /** Of a choice: what is sent → what is read. */
  options: Map<string, string>
}

export interface HtmlForm {
  /** Attributes of the opening tag. */
  attributes: Record<string, string>
  /** Where the opening tag stands, and where its end tag begins; -1: it was not pasted. */
  start: number
  end: number
  close: number
  fields: HtmlField[]
}

const nameless = new Set(['submit', 'button', 'image', 'reset'])

/** The first form of a piece of HTML, or its bare controls; undefined where there is no control with a name. */
export function readHtmlForm(html: string): HtmlForm | undefined {
  const form: HtmlForm = { attributes: {}, start: -1, end: -1, close: -1, fields: [] }
  const ids = new Map<string, HtmlField>()
  const labels: { id: string; text: string; holds?: HtmlField }[] = []
  const open: { label?: { id: string; text: string; holds?: HtmlField }; select?: HtmlField; option?: { value: string | undefined; text: string } } =
    {}
  const isOver = () => form.close >= 0
  const parser: Parser = new Parser({
    onopentag(tag, attributes) {
      if (isOver()) return
      if (tag === 'form' && form.start < 0) Object.assign(form, { attributes, start: parser.startIndex, end: parser.endIndex })
      if (tag === 'label') open.label = { id: attributes.for ?? '', text: '' }
      if (tag === 'option') open.option = { value: attributes.value, text: '' }
      const field = fieldOf(tag, attributes, form.fields)
      if (tag === 'select') open.select = field ?? { name: '', type: 'select', label: '', options: new Map() }
      if (!field) return
      field.label ||= attributes.placeholder ?? attributes['aria-label'] ?? attributes.title ?? ''
      if (attributes.id !== undefined) ids.set(attributes.id, field)
      if (open.label) open.label.holds = field
    },
    ontext(text) {
      if (open.label && !open.select) open.label.text += text
      if (open.option) open.option.text += text
    },
    onclosetag(tag) {
      if (tag === 'form' && !isOver()) form.close = parser.startIndex
      if (tag === 'label' && open.label) {
        labels.push(open.label)
        delete open.label
      }
      if (tag === 'option' && open.option) {
        const text = open.option.text.trim()
        if (open.select && open.option.value !== '') open.select.options.set(open.option.value ?? text, text)
        delete open.option
      }
      if (tag === 'select') delete open.select
    },
  })
  parser.end(html)
  for (const { id, text, holds } of labels) nameField(holds ?? ids.get(id), text)
  return form.fields.length === 0 ? undefined : form
}

function fieldOf(tag: string, attributes: Record<string, string>, fields: HtmlField[]): HtmlField | undefined {
  const { name } = attributes
  const type = tag === 'input' ? (attributes.type ?? 'text').toLowerCase() : tag
  if (!['input', 'textarea', 'select'].includes(tag) || !name || nameless.has(type)) return undefined
  const known = fields.find((field) => field.name === name)
  const field = known ?? { name, type, label: '', options: new Map<string, string>() }
  if (!known) fields.push(field)
  if (type === 'radio' && attributes.value !== undefined) field.options.set(attributes.value, attributes.value)
  return field
}

/** A label may stand before its control, behind it or around it. */
function nameField(field: HtmlField | undefined, written: string): void {
  const text = written.replace(/\s+/g, ' ').trim()
  if (field && text !== '' && field.type !== 'radio') field.label = text
}

interface Mapped {
  as?: string
  choices?: Record<string, string>
}

/** What the mapping has to say of a form, where its names alone would not do: by the type of a control, by the words beside it, and choices in words. */
export function mappingOf(fields: HtmlField[]): Record<string, Mapped> {
  return Object.fromEntries(fields.map((field) => [field.name, mappedOf(field)] as const).filter(([, mapped]) => Object.keys(mapped).length > 0))
}

function mappedOf(field: HtmlField): Mapped {
  const ofName = roleOfKey(field.name)
  const ofType = roleOfType(field.type)
  const told = ofType ?? (ofName === undefined ? roleOfKey(field.label) : undefined)
  const choices = Object.fromEntries([...field.options].filter(([value, text]) => text !== '' && value !== text))
  return {
    ...(told !== undefined && told !== ofName && mappable.has(told) && { as: told }),
    ...(Object.keys(choices).length > 0 && { choices }),
  }
}

const mappable = new Set(['name', 'firstName', 'lastName', 'middleName', 'phone', 'email', 'text', 'company', 'topic', 'consent'])
