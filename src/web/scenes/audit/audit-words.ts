import i18next from 'i18next'

/** The nouns that acts are recorded of, to filter by. */
export const auditSubjects = [
  'user',
  'contact',
  'channel',
  'delivery',
  'entry',
  'message',
  'recording',
  'export',
  'import',
  'rule',
  'webhook',
  'api_key',
  'settings',
  'team',
  'quarantine',
] as const

interface Done {
  subject: string | null
  detail: unknown
}

/** `user.signed_in` in words; an act without words of its own as it is. */
export function shownAct(action: string): string {
  const key = `audit.act.${action.replace('.', '_')}`
  return i18next.exists(key) ? i18next.t(key) : action
}

/** What it was done to, and how, without ids that say nothing to a person. */
export function shownDetail(done: Done): string {
  return partsOf(done)
    .filter(([, value]) => !/[\da-f]{8}-[\da-f]{4}-/.test(value))
    .map(([name, value]) => (name ? `${name}: ${value}` : value))
    .join(' · ')
}

/** The same with every id. */
export function wholeDetail(done: Done): string {
  return partsOf(done)
    .map(([name, value]) => (name ? `${name}: ${value}` : value))
    .join(' · ')
}

function partsOf({ subject, detail }: Done): [string, string][] {
  const named = typeof detail === 'object' && detail !== null ? Object.entries(detail) : []
  const parts = named.map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)])
  return subject === null ? parts : [['', subject], ...parts]
}
