import i18next from 'i18next'

/** What a field means, in words; a meaning of another connector's by its own name. */
export function roleWords(role: string): string {
  const key = `mapping.role.${role}`
  return i18next.exists(key) ? i18next.t(key) : role
}
