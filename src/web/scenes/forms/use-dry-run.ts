import { useEffect, useRef, useState } from 'react'
import { api } from '../../api/client.ts'
import { tellError } from '../../components/tell.ts'
import type { Mapping } from './mapping.ts'

type Page = Awaited<ReturnType<typeof api.channelTools.dryRun>>
export type Sample = Page['samples'][number]
export type Change = Sample['change']

export interface DryRun {
  isRunning: boolean
  checked: number
  counts: Record<Change, number>
  samples: Sample[]
}

const none: DryRun = { isRunning: true, checked: 0, counts: { same: 0, changed: 0, new: 0, broken: 0 }, samples: [] }
const changes = ['same', 'changed', 'new', 'broken'] as const
const mostShown = 20

/** Tries a mapping on what came before, page by page; it can be stopped, ends with the page, and writes nothing. */
export function useDryRun(channelId: string) {
  const [run, setRun] = useState<DryRun>()
  /** Whose pages count: a former run that is still waiting for its page has another number. */
  const current = useRef(0)
  useEffect(
    () => () => {
      current.current++
    },
    [],
  )
  return {
    run,
    stop: () => {
      current.current++
      setRun((now) => now && { ...now, isRunning: false })
    },
    forget: () => {
      current.current++
      setRun(undefined)
    },
    async start(mapping: Mapping): Promise<void> {
      const own = ++current.current
      let now = none
      setRun(now)
      try {
        let cursor: string | undefined
        do {
          const page = await api.channelTools.dryRun({ id: channelId, settings: { mapping }, limit: 100, ...(cursor && { cursor }) })
          if (own !== current.current) return
          now = added(now, page)
          setRun(now)
          cursor = page.nextCursor ?? undefined
        } while (cursor !== undefined)
      } catch (error) {
        tellError(error)
      }
      if (own === current.current) setRun({ ...now, isRunning: false })
    },
  }
}

/** Broken ones first: of those there must be a sample. */
function added(run: DryRun, page: Page): DryRun {
  const counts = { ...run.counts }
  for (const change of changes) counts[change] += page.counts[change] ?? 0
  const samples = [...run.samples, ...page.samples].sort((a, b) => order[a.change] - order[b.change]).slice(0, mostShown)
  return { ...run, checked: run.checked + page.checked, counts, samples }
}

const order: Record<Change, number> = { broken: 0, new: 1, changed: 2, same: 3 }
