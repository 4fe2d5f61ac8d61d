import { Outlet } from '@tanstack/react-router'
import { useEffect } from 'react'
import { queryClient } from '../api/query-client.ts'
import { connectLive } from '../live/connect-live.ts'
import { Rail } from './rail.tsx'
import classes from './shell.module.css'

/** The frame around every scene: rail at the left (below, on a phone) and the one live line. */
export function Shell() {
  useEffect(() => connectLive(queryClient), [])
  return (
    <div className={classes.shell}>
      <Rail />
      <main className={classes.scene}>
        <Outlet />
      </main>
    </div>
  )
}
