import type { ColumnMapping, ColumnTarget } from '../import.ts'

/** Words of headers, Russian and English, the more particular first. */
const headers: [RegExp, ColumnTarget][] = [
  [/^(?:id|код|№|n|no|номер|номер п\/п|п\/п|#)$/u, 'field'],
  [/e-?mail|эл\.?\s*(?:почта|адрес)|почта|имейл|мейл/u, 'email'],
  [/телефон|тел\.|^тел$|мобильн|сотов|phone|mobile|\bcell\b|^tel\b|whats\s?app|ватсап|вотсап|viber|вайбер|факс|fax/u, 'phone'],
  [/отчество|middle\s*name|patronymic/u, 'middleName'],
  [/фамилия(?!.*имя)|last\s*name|surname|family\s*name/u, 'lastName'],
  [/ответственн|менеджер|куратор|ведёт|ведет|owner|manager|responsible|assigned/u, 'owner'],
  [/сайт|домен|web\s*site|^site$|^url$|^www$|domain/u, 'companyDomain'],
  [/инн|кпп|огрн|юр\.?\s*адрес|юридическ|отрасль|industry|vat|tax\s*id/u, 'companyField'],
  [/компани|организаци|фирм|предприяти|юр\.?\s*лицо|контрагент|company|organi[sz]ation|employer/u, 'company'],
  [
    /фио|ф\.\s?и\.\s?о|имя и фамилия|фамилия.*имя|full\s*name|контактное лицо|contact\s*(?:name|person)|клиент|заказчик|покупатель|^contact$|^client$|^customer$/u,
    'name',
  ],
  [/^имя$|first\s*name|given\s*name/u, 'firstName'],
  [/^name$|наименование|название/u, 'name'],
  [/язык|language/u, 'language'],
  [/дата|день рождения|^др$|birthday|birth|^date|date$/u, 'date'],
]

const emailLike = /^\S+@\S+\.\S+$/
const phoneLike = /^\+?[\d\s().-]{7,20}$/
const dateLike = /^(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2})/

/** What each column probably is: by its header, else by what stands in it. Nothing is thrown away: the rest stays a field under its own name. */
export function guessMapping(heads: string[], sample: string[][]): ColumnMapping[] {
  const guessed = heads.map((head, index) => {
    const cells = sample.map((row) => row[index] ?? '').filter((cell) => cell !== '')
    return { target: guess(head, cells), name: head || `#${index + 1}` }
  })
  return settle(guessed)
}

function guess(head: string, cells: string[]): ColumnTarget {
  const words = head.toLowerCase().replaceAll(/\s+/g, ' ').trim()
  const byHead = headers.find(([pattern]) => pattern.test(words))?.[1]
  if (byHead === 'email' || byHead === 'phone') return byHead
  const share = (pattern: RegExp) => cells.filter((cell) => pattern.test(cell)).length / Math.max(1, cells.length)
  if (cells.length > 0 && share(emailLike) > 0.6) return 'email'
  if (byHead) return byHead === 'date' && cells.length > 0 && share(/\d/) < 0.3 ? 'field' : byHead
  if (cells.length > 0 && share(phoneLike) > 0.6 && share(dateLike) < 0.5 && cells.some((cell) => /[+()]|^[78]?9\d{9}$/.test(cell))) return 'phone'
  return cells.length === 0 && words === '' ? 'ignore' : 'field'
}

/** A name alone beside a company is the company's when there is no other; one `name`, one `owner`, one `company`. */
function settle(guessed: ColumnMapping[]): ColumnMapping[] {
  const single = new Set<ColumnTarget>(['name', 'firstName', 'lastName', 'middleName', 'company', 'companyDomain', 'owner', 'language'])
  const seen = new Set<ColumnTarget>()
  const once = guessed.map((column) => {
    if (!single.has(column.target)) return column
    if (seen.has(column.target)) return { ...column, target: 'field' as const }
    seen.add(column.target)
    return column
  })
  if (!seen.has('company'))
    return once.map((column) => (column.target === 'companyField' || column.target === 'companyDomain' ? { ...column, target: 'field' } : column))
  if (seen.has('name') && (seen.has('firstName') || seen.has('lastName')))
    return once.map((column) => (column.target === 'name' ? { ...column, target: 'field' } : column))
  return once
}
