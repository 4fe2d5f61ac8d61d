import { Gauge, type Registry } from 'prom-client'
import type { Health } from '../../core/health/health.ts'
import { type HealthDeps, readHealth } from '../../core/health/read-health.ts'

/** One look serves all gauges of a scrape. */
const freshMs = 10_000

/** What the health page shows, for a watch that wakes people: problems by kind, the age of the backup, the disk, silent channels. */
export function watchHealth(deps: HealthDeps & { metrics: Registry }): void {
  let seen: { at: number; health: Promise<Health> } | undefined
  const look = async () => {
    if (!seen || Date.now() - seen.at > freshMs) seen = { at: Date.now(), health: readHealth(deps) }
    return await seen.health
  }
  const gauge = (name: string, help: string, labelNames: string[], collect: (self: Gauge, health: Health) => void) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [deps.metrics],
      async collect() {
        collect(this, await look())
      },
    })
  gauge('switchboard_problems', 'What needs a hand, by code, as on the health page', ['code', 'severity'], (self, { problems }) => {
    self.reset()
    for (const { code, severity } of problems) self.inc({ code, severity })
  })
  gauge('switchboard_backup_age_seconds', 'Age of the newest whole backup; -1: there is none', [], (self, { backup, at }) =>
    self.set(backup.lastAt === null ? -1 : (Date.parse(at) - Date.parse(backup.lastAt)) / 1000),
  )
  gauge('switchboard_backup_bytes', 'Size of the newest backup', [], (self, { backup }) => self.set(backup.bytes))
  gauge('switchboard_disk_free_bytes', 'Room left on the disk of DATA_DIR', [], (self, { disk }) => self.set(disk.freeBytes))
  gauge('switchboard_database_bytes', 'Size of the database', [], (self, { disk }) => self.set(disk.databaseBytes))
  gauge('switchboard_channel_silent', 'Channels that used to be heard at this time of the week, and are not', ['channel'], (self, { channels }) => {
    self.reset()
    for (const { name, silence } of channels) if (silence) self.set({ channel: name }, 1)
  })
}
