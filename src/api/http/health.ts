import express from 'express'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Pool } from '../../core/database/pool.ts'

/** /healthz: the process answers. /readyz: the database answers within 2 s. /metrics: Prometheus. */
export function healthRoutes(deps: { pool: Pool; metrics: Registry }): express.Router {
  const routes = express.Router()
  routes.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' })
  })
  routes.get('/readyz', async (_request, response) => {
    const isReady = await answers(deps.pool)
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ok' : 'database does not answer' })
  })
  routes.get('/metrics', async (_request, response) => {
    response.type(deps.metrics.contentType).send(await deps.metrics.metrics())
  })
  return routes
}

/** A registry of one process, with its memory, CPU and event loop. */
export function openMetrics(): Registry {
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  return metrics
}

async function answers(pool: Pool): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, 2000, false).unref())
  return await Promise.race([
    late,
    pool.query('select 1').then(
      () => true,
      () => false,
    ),
  ])
}
