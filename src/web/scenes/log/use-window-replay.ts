import { useEffect, useRef, useState } from 'react'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { tellError } from '../../components/tell.ts'
import type { askedOf } from './log-filter.tsx'

type Window = ReturnType<typeof askedOf>
export type WindowChange = Awaited<ReturnType<typeof api.deliveries.previewWindow>>['items'][number]

export interface WindowPreview {
  is: 'previewing' | 'previewed'
  /** Deliveries looked at. */
  done: number
  /** Deliveries in which something would change. */
  changing: number
  /** The first of them. */
  shown: WindowChange[]
  /** Looked through to its end, so that a replay does nothing that was not seen. */
  isWhole: boolean
}

const mostShown = 20
const perStep = 25
const start: WindowPreview = { is: 'previewing', done: 0, changing: 0, shown: [], isWhole: false }

/** First the dry run of a window, page by page, which can be stopped and ends with the window; then, when a person says so, the hub replays it by itself. */
export function useWindowReplay(window: Window) {
  const [preview, setPreview] = useState<WindowPreview>()
  /** Whose pages count: a former look that is still waiting for its page has another number. */
  const current = useRef(0)
  useEffect(
    () => () => {
      current.current++
    },
    [],
  )
  /** What comes meanwhile is not part of it. */
  const fixed = useRef(window)
  return {
    preview,
    stop: () => {
      current.current++
      setPreview((now) => now && { ...now, is: 'previewed' })
    },
    async look(): Promise<void> {
      const own = ++current.current
      let now = start
      setPreview(now)
      fixed.current = { until: new Date().toISOString(), ...window }
      try {
        for (let cursor: string | null = ''; cursor !== null; ) {
          const page: Awaited<ReturnType<typeof api.deliveries.previewWindow>> = await api.deliveries.previewWindow({
            ...fixed.current,
            limit: perStep,
            ...(cursor && { cursor }),
          })
          if (own !== current.current) return
          cursor = page.nextCursor
          const shown = [...now.shown, ...page.items].slice(0, mostShown)
          now = { ...now, done: now.done + page.checked, changing: now.changing + page.items.length, shown, isWhole: cursor === null }
          setPreview(now)
        }
      } catch (error) {
        tellError(error)
      }
      if (own === current.current) setPreview({ ...now, is: 'previewed' })
    },
    async replay(): Promise<void> {
      setPreview(undefined)
      await api.replays.create(fixed.current).catch(tellError)
      await queryClient.invalidateQueries({ queryKey: ['replays'] })
    },
  }
}
