import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { queryClient } from '../api/query-client.ts'
import { useRight } from '../api/session.ts'
import { withLaterTexts } from '../i18n/i18n.ts'
import { connectLive } from '../live/connect-live.ts'
import { Rail } from './rail.tsx'
import { Rings } from './rings.tsx'
import classes from './shell.module.css'

const Ringing = lazy(withLaterTexts(async () => ({ default: (await import('../scenes/ringing/ringing.tsx')).Ringing })))
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))

/** The frame around every scene: rail at the left (below, on a phone), the one live line, and the palette of Ctrl-K. */
export function Shell() {
  const [isFinding, setFinding] = useState(false)
  const mayHearCalls = useRight('calls.candidates')
  useEffect(() => connectLive(queryClient), [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.code !== 'KeyK' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setFinding(true)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <div className={classes.shell}>
      <Rail onFind={() => setFinding(true)} />
      <main className={classes.scene}>
        <Suspense>{mayHearCalls && <Ringing />}</Suspense>
        <div className={classes.outlet}>
          <Outlet />
        </div>
      </main>
      <Rings />
      <Suspense>{isFinding && <Palette isOpen onClose={() => setFinding(false)} />}</Suspense>
    </div>
  )
}
