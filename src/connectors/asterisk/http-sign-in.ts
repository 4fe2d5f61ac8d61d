import type { Settings } from './settings.ts'

/** HTTP Basic, where a user is set. */
export function basicSignIn({ httpUser, httpPassword }: Pick<Settings, 'httpUser' | 'httpPassword'>): Record<string, string> {
  if (!httpUser) return {}
  return { authorization: `Basic ${Buffer.from(`${httpUser}:${httpPassword ?? ''}`).toString('base64')}` }
}
