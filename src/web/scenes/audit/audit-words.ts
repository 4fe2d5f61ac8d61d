import i18next from 'i18next'

/** The nouns that acts are recorded of, to filter by. */
export const auditSubjects = ['user', 'contact', 'channel', 'delivery', 'entry', 'message', 'api_key', 'settings', 'team', 'quarantine'] as const

/** `user.signed_in` in words; an act without words of its own as it is. */
export function shownAct(action: string): string {
  const key = `audit.act.${action.replace('.', '_')}`
  return i18next.exists(key) ? i18next.t(key) : action
}

/** What it was done to, and how. */
export function shownDetail({ subject, detail }: { subject: string | null; detail: unknown }): string {
  const parts = typeof detail === 'object' && detail !== null ? Object.entries(detail).map(([name, value]) => `${name}: ${plain(value)}`) : []
  return [subject, ...parts].filter(Boolean).join(' · ')
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
