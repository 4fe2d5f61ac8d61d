import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Health } from '../../api/health.ts'
import { shownSize } from '../../components/shown-size.ts'
import { shownTime } from '../../components/when.ts'
import classes from './health.module.css'

/** Backup, disk, database, program and clocks. */
export function Machine({ health: { backup, disk, system } }: { health: Health }) {
  const { t } = useTranslation()
  const kind = t(system.isEmbedded ? 'health.embedded' : 'health.server')
  const seconds = Math.round(system.clockMs / 1000)
  const rows = [
    [t('health.backup'), backupInWords(backup, t)],
    [t('health.disk'), t('health.diskValue', { free: shownSize(disk.freeBytes), total: shownSize(disk.totalBytes) })],
    [t('health.database'), t('health.databaseValue', { size: shownSize(disk.databaseBytes), version: system.database, kind })],
    [t('health.growth'), disk.bytesPerDay === null ? '–' : shownSize(Math.max(0, disk.bytesPerDay))],
    [t('health.version'), t('health.versionValue', { version: system.version, node: system.node })],
    [t('health.started'), shownTime(system.startedAt)],
    [t('health.clock'), seconds === 0 ? t('health.clockGood') : t('health.clockOff', { seconds })],
  ]
  return (
    <section className={classes.part}>
      <h2>{t('health.machine')}</h2>
      <dl className={classes.list}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function backupInWords(backup: Health['backup'], t: TFunction): string {
  if (backup.lastAt === null) return t(backup.everyHours === 0 ? 'health.backupOff' : 'health.backupNone')
  return [
    t('health.backupValue', { when: shownTime(backup.lastAt), size: shownSize(backup.bytes) }),
    backup.checkedAt ? t('health.backupChecked', { when: shownTime(backup.checkedAt) }) : t('health.backupUnchecked'),
    t(backup.isEncrypted ? 'health.encrypted' : 'health.plain'),
  ].join(', ')
}
