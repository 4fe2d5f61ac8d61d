import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CallCard } from './call-card.tsx'
import { CallStrip } from './call-strip.tsx'
import classes from './ringing.module.css'
import { useCalls } from './use-calls.ts'
import { useRingSound } from './use-ring-sound.ts'

const mostStrips = 3

/**
 * What the telephone does now, above whatever is on screen: my calls and the last one that is left to write up as cards, calls of the group as strips. It pushes
 * and never covers, and takes no focus: what is being typed goes on.
 */
export function Ringing() {
  const { t } = useTranslation()
  const calls = useCalls()
  const [declined, setDeclined] = useState<ReadonlySet<string>>(new Set())
  const shown = calls.filter(({ call }) => !declined.has(call.id))
  const mine = shown.filter(({ kind }) => kind === 'card')
  const strips = shown.filter(({ kind }) => kind === 'strip')
  const wraps = shown.filter(({ kind }) => kind === 'wrap')
  const cards = [...mine, ...wraps.slice(-1)]
  const keyed = mine.find(({ call }) => call.state !== 'talking') ?? mine[0]
  const rings = useRingSound([...mine, ...strips].some(({ call }) => call.state === 'ringing' && call.direction === 'inbound'))
  const decline = (id: string) => setDeclined(new Set([...declined, id]))
  if (shown.length === 0) return null
  return (
    <section className={classes.ringing} aria-label={t('ring.title')} aria-live="polite" data-rings={rings}>
      {cards.map(({ call }) => (
        <CallCard key={call.id} call={call} hasKeys={call.id === keyed?.call.id} onDecline={() => decline(call.id)} />
      ))}
      {strips.slice(0, mostStrips).map(({ call }) => (
        <CallStrip key={call.id} call={call} onDecline={() => decline(call.id)} />
      ))}
      {strips.length > mostStrips && <p className={classes.more}>{t('ring.more', { count: strips.length - mostStrips })}</p>}
    </section>
  )
}
