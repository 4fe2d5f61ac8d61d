import type { CallOutcome } from '../../core/connector/event.ts'

/** Ends of a call by code (API 1.10, appendix "Result codes"): 1121 busy, 1122 rejected, 1123 do not disturb; 113x there is no such number or it is out of reach. */
export function outcomeOfCode(code: number | undefined, direction: 'inbound' | 'outbound' | 'internal'): CallOutcome {
  if (code === 1121 || code === 1122 || code === 1123) return 'busy'
  if (code !== undefined && code >= 1130 && code < 1140) return 'failed'
  if (direction === 'outbound' && code === 1110) return 'cancelled'
  return 'missed'
}

/** Of one phone that rang: only where the code says it; who hung up first tells nothing of an answer. */
export function outcomeOfLeg(code: number | undefined): CallOutcome | undefined {
  if (code === 1111) return 'missed'
  return code === 1121 || code === 1122 || code === 1123 ? 'busy' : undefined
}
