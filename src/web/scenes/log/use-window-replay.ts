import { useRef, useState } from 'react'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { tellError } from '../../components/tell.ts'
import type { askedOf } from './log-filter.tsx'

type Window = ReturnType<typeof askedOf>
export type WindowChange = Awaited<ReturnType<typeof api.deliveries.previewWindow>>['items'][number]

export interface WindowRun {
  is: 'previewing' | 'previewed' | 'replaying' | 'replayed'
  /** Deliveries looked at, or replayed. */
  done: number
  /** Deliveries in which something would change. */
  changing: number
  /** The first of them. */
  shown: WindowChange[]
  failed: { id: string; reason: string }[]
  /** Looked through to its end, so that a replay does nothing that was not seen. */
  isWhole: boolean
}

const mostShown = 20
const perStep = 25
const start: WindowRun = { is: 'previewing', done: 0, changing: 0, shown: [], failed: [], isWhole: false }

/** Works through a window of the log page by page: first the dry run, then, when a person says so, the replay. Either stops between pages. */
export function useWindowReplay(window: Window) {
  const [run, setRun] = useState<WindowRun>()
  const isStopped = useRef(false)
  /** What comes meanwhile is not part of it. */
  const fixed = useRef(window)

  async function pages(step: (cursor: string | undefined) => Promise<string | null>): Promise<void> {
    isStopped.current = false
    let cursor: string | null | undefined
    do cursor = await step(cursor ?? undefined)
    while (cursor !== null && !isStopped.current)
  }
  return {
    run,
    stop: () => {
      isStopped.current = true
    },
    close: () => {
      isStopped.current = true
      setRun(undefined)
    },
    async preview(): Promise<void> {
      let now = start
      setRun(now)
      fixed.current = { until: new Date().toISOString(), ...window }
      try {
        await pages(async (cursor) => {
          const page = await api.deliveries.previewWindow({ ...fixed.current, limit: perStep, ...(cursor && { cursor }) })
          const shown = [...now.shown, ...page.items].slice(0, mostShown)
          const isWhole = page.nextCursor === null
          now = { ...now, done: now.done + page.checked, changing: now.changing + page.items.length, shown, isWhole }
          setRun(now)
          return page.nextCursor
        })
      } catch (error) {
        tellError(error)
      }
      setRun({ ...now, is: 'previewed' })
    },
    async replay(): Promise<void> {
      let now: WindowRun = { ...start, is: 'replaying', changing: run?.changing ?? 0 }
      setRun(now)
      try {
        await pages(async (cursor) => {
          const page = await api.deliveries.replayWindow({ ...fixed.current, limit: perStep, ...(cursor && { cursor }) })
          now = { ...now, done: now.done + page.replayed + page.failed.length, failed: [...now.failed, ...page.failed] }
          setRun(now)
          return page.nextCursor
        })
      } catch (error) {
        tellError(error)
      }
      setRun({ ...now, is: 'replayed' })
      await queryClient.invalidateQueries({ queryKey: ['deliveries'] })
    },
  }
}
