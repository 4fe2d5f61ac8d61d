import i18next from 'i18next'
import type { api } from '../api/client.ts'

type Recording = Awaited<ReturnType<typeof api.calls.recordings>>['items'][number]

/** Why a recording cannot be heard, in words; what another connector says of it is shown as it came. */
export function shownRecording({ state, reason }: Pick<Recording, 'state' | 'reason'>): string {
  if (state === 'erased') return i18next.t(`callLine.erased_${reason === 'retention' ? 'retention' : 'by_hand'}`)
  if (state === 'expected' || state === 'fetching') return i18next.t(`callLine.recording_${state}`)
  const known = `callLine.why.${reason ?? 'unknown'}`
  return i18next.t('callLine.recording_missing', { reason: i18next.exists(known) ? i18next.t(known) : (reason ?? '') })
}
