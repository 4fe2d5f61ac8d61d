import type { Jobs } from '../jobs/queue.ts'
import { fetchRecording, type RecordingDeps } from './fetch-recording.ts'
import { readDueIds } from './recording-store.ts'

const job = 'fetch-recording'
const mostFound = 200

/** Fetches recordings when their time has come: a look each second finds them, one job each brings them. */
export function startRecordings(deps: RecordingDeps & { jobs: Jobs }, lookEveryMs = 1000): { close(): Promise<void> } {
  deps.jobs.define<{ recordingId: string }>(job, ({ recordingId }) => fetchRecording(deps, recordingId), { lane: 'fetch' })
  let looking: Promise<void> | undefined

  async function look(): Promise<void> {
    try {
      for (const id of await readDueIds(deps.pool, mostFound)) await deps.jobs.add(job, { recordingId: id }, { jobId: id })
    } catch (error) {
      deps.logger.warn({ error: String(error) }, 'due recordings could not be looked for; they will be again')
    }
    looking = undefined
  }

  const timer = setInterval(() => {
    looking ??= look()
  }, lookEveryMs)
  return {
    async close() {
      clearInterval(timer)
      await looking
    },
  }
}
