import i18next from 'i18next'

const keys: Record<string, string> = { 'message.edited': 'edited', 'message.deleted': 'deleted' }

/** What was read from a delivery, in words. */
export function shownKind(kind: string): string {
  const key = `log.kind.${keys[kind] ?? kind}`
  return i18next.exists(key) ? i18next.t(key) : kind
}
