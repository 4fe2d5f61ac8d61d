import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openCluster, superuser } from '../../src/core/database/embedded-cluster.ts'
import { explainEnd, startPostmaster, stopPostmaster } from '../../src/core/database/embedded-postmaster.ts'
import { findPrograms } from '../../src/core/database/embedded-programs.ts'
import { freePort } from './hub-process.ts'

/** Nothing here outlives the run, so nothing waits for the disk. */
const settings = { max_connections: 200, fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }

/** One PostgreSQL server for the whole test run, unless TEST_DATABASE_SERVER names one already. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_DATABASE_SERVER) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-tests-'))
  const programs = await findPrograms()
  const cluster = await openCluster(folder, programs)
  const port = await freePort()
  const child = startPostmaster(cluster, programs, port, settings)
  const url = `postgresql://${superuser}:${cluster.password}@127.0.0.1:${port}/postgres`
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw explainEnd(cluster, 0).failure
    await sleep(50)
  }
  process.env.TEST_DATABASE_SERVER = url
  return async () => {
    if (child.pid) await stopPostmaster(cluster, child.pid, 5_000)
    await rm(folder, { recursive: true, force: true })
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  return client
    .connect()
    .then(
      () => true,
      () => false,
    )
    .finally(() => client.end())
}
