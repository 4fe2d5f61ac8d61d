import type { Language } from '../access/user.ts'
import type { ExportedEntry } from './person-export-store.ts'

const words = {
  ru: {
    title: 'Данные о человеке',
    made: 'Составлено',
    intro: 'Здесь всё, что о вас хранится. То же в виде, который читают программы, лежит в data.json; вложения и записи разговоров в папке files.',
    timeline: 'История',
    inbound: 'от вас',
    outbound: 'вам',
    internal: 'заметка о вас',
    contacts: 'Карточка',
    identities: 'Как с вами связаться',
    companies: 'Компания',
    leads: 'Обращения',
    tasks: 'Задачи',
    calls: 'Звонки',
    edits: 'Изменения карточки',
    optOuts: 'Отказы от сообщений',
    none: 'Ничего нет',
  },
  en: {
    title: 'Data about a person',
    made: 'Made',
    intro: 'This is everything that is kept about you. The same for programs is in data.json; attachments and recordings are in the folder files.',
    timeline: 'History',
    inbound: 'from you',
    outbound: 'to you',
    internal: 'a note about you',
    contacts: 'Card',
    identities: 'How you are reached',
    companies: 'Company',
    leads: 'Enquiries',
    tasks: 'Tasks',
    calls: 'Calls',
    edits: 'Changes of the card',
    optOuts: 'Messages refused',
    none: 'There is nothing',
  },
} as const satisfies Record<Language, Record<string, string>>

type Part = keyof (typeof words)['en']

function escaped(value: unknown): string {
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

function shown(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, 16).replace('T', ' ')
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return String(value)
}

const style =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}td,th{border:1px solid #ddd;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}article{border-top:1px solid #ddd;padding:.6rem 0}article p{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}small{color:#666}'

/** What a person reads: one page without any script, in pieces. `fileOf` gives the name of an attachment inside the archive. */
export async function* personPage(
  language: Language,
  person: Record<string, unknown[]>,
  entries: AsyncIterable<ExportedEntry>,
  fileOf: (file: { id: string; name: string }) => string,
): AsyncGenerator<string> {
  const text = words[language]
  yield `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${text.title}</title><style>${style}</style><h1>${text.title}</h1>`
  yield `<p>${text.intro}</p><p><small>${text.made}: ${shown(new Date())} UTC</small></p>`
  for (const [name, rows] of Object.entries(person)) {
    if (rows.length > 0) yield `<h2>${text[name as Part]}</h2>${table(rows)}`
  }
  yield `<h2>${text.timeline}</h2>`
  for await (const entry of entries) yield article(entry, text, fileOf)
  yield '</html>\n'
}

function table(rows: unknown[]): string {
  const filled = rows.map((row) =>
    Object.entries(row as Record<string, unknown>).filter(([name, value]) => value !== null && value !== '' && name !== 'id'),
  )
  const lines = filled.map(
    (cells) => `<tr>${cells.map(([name, value]) => `<td><small>${escaped(name)}</small><br>${escaped(shown(value))}</td>`).join('')}</tr>`,
  )
  return `<table>${lines.join('')}</table>`
}

function article(entry: ExportedEntry, text: (typeof words)[Language], fileOf: (file: { id: string; name: string }) => string): string {
  const direction = entry.direction === 'inbound' ? text.inbound : entry.direction === 'outbound' ? text.outbound : text.internal
  const files = (entry.files ?? []).map((file) => `<li><a href="${escaped(encodeURI(fileOf(file)))}">${escaped(file.name)}</a></li>`)
  const head = [shown(entry.occurredAt), entry.medium ?? entry.kind, direction, entry.from, entry.to].filter(Boolean).map(escaped)
  const fields = Array.isArray(entry.fields) && entry.fields.length > 0 ? `<p>${escaped(shown(entry.fields))}</p>` : ''
  return `<article><small>${head.join(' · ')}</small>${entry.subject ? `<p><b>${escaped(entry.subject)}</b></p>` : ''}<p>${escaped(entry.text)}</p>${fields}${files.length > 0 ? `<ul>${files.join('')}</ul>` : ''}</article>`
}
