import i18next from 'i18next'
import type { api } from '../api/client.ts'
import type { Tone } from './page.tsx'

type Call = Awaited<ReturnType<typeof api.calls.get>>

/** How a call stands, in words: red only where somebody rang in vain and nobody has called him back. */
export function shownCall(call: Call): { tone: Tone; words: string } {
  if (call.state !== 'ended') return { tone: 'good', words: i18next.t(`callState.${call.state}`) }
  if (call.outcome === null) return { tone: 'plain', words: i18next.t('callState.ended') }
  if (call.direction !== 'inbound' || call.outcome === 'answered')
    return { tone: 'plain', words: i18next.t(`callState.${call.direction === 'inbound' ? 'in' : 'out'}_${call.outcome}`) }
  const missed = i18next.t(`callState.in_${call.outcome}`)
  if (!call.followUp) return { tone: 'late', words: `${missed}, ${i18next.t('callState.nobodyCalledBack')}` }
  const count = Math.max(1, Math.round((Date.parse(call.followUp.at) - Date.parse(call.startedAt)) / 60_000))
  if (call.followUp.by === 'client') return { tone: 'good', words: `${missed}, ${i18next.t('callState.gotThrough', { count })}` }
  return { tone: 'soon', words: `${missed}, ${i18next.t('callState.calledBack', { count })}` }
}
