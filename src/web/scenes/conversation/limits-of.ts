import type { api } from '../../api/client.ts'
import type { ConnectorItem } from '../../api/names.ts'

export type Limits = Awaited<ReturnType<typeof api.conversations.limits>>

export interface ComposedFile {
  id: string
  name: string
  type: string
  /** Bytes. */
  size: number
}

/** What holds before the first message of an exchange: the client has never written there, so a window has not opened. One of a single medium does not count: which it will be is not known. */
export function limitsBefore({ limits, abilities }: Pick<ConnectorItem, 'limits' | 'abilities'>): Limits {
  return {
    textLength: limits?.textLength ?? null,
    textCounts: limits?.textCounts ?? 'characters',
    attachmentBytes: limits?.attachmentBytes ?? null,
    attachmentTypes: limits?.attachmentTypes ?? null,
    buttons: limits?.buttons ?? null,
    noFiles: null,
    window: limits?.window && limits.window.medium === undefined ? { closesAt: null, templates: abilities.includes('listTemplates') } : null,
  }
}

/** How long a text is by the channel's own count; undefined while it is far from the limit. `pieces`: about so many messages. */
export function textState(text: string, { textLength, textCounts }: Limits): { length: number; limit: number; pieces: number } | undefined {
  if (textLength === null) return undefined
  const length = textCounts === 'bytes' ? new TextEncoder().encode(text).length : text.length
  if (length < textLength * 0.9) return undefined
  return { length, limit: textLength, pieces: Math.ceil(length / textLength) }
}

/** Why the channel does not take a file. */
export function fileRefusal({ type, size }: ComposedFile, limits: Limits): 'none' | 'kind' | 'size' | undefined {
  if (limits.noFiles !== null || limits.attachmentTypes?.length === 0) return 'none'
  if (limits.attachmentTypes && !limits.attachmentTypes.some((wanted) => isOfType(type, wanted))) return 'kind'
  return limits.attachmentBytes !== null && size > limits.attachmentBytes ? 'size' : undefined
}

function isOfType(type: string, wanted: string): boolean {
  const bare = type.split(';')[0]?.trim().toLowerCase() ?? ''
  return wanted.endsWith('/*') ? bare.startsWith(wanted.slice(0, -1)) : bare === wanted
}

const soonMs = 2 * 3_600_000

/** `never`: the client has not written here, so that the window has not opened yet. `soon`: less than two hours are left. */
export function windowState(window: Limits['window'], now: number): { is: 'any' | 'open' | 'soon' | 'closed' | 'never'; leftMs: number } {
  if (window === null) return { is: 'any', leftMs: 0 }
  if (window.closesAt === null) return { is: 'never', leftMs: 0 }
  const leftMs = Date.parse(window.closesAt) - now
  if (leftMs <= 0) return { is: 'closed', leftMs: 0 }
  return { is: leftMs < soonMs ? 'soon' : 'open', leftMs }
}
