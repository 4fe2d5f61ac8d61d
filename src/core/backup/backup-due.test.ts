import { describe, expect, it } from 'vitest'
import { isBackupDue, lastDue } from './backup-due.ts'

const moscow = 'Europe/Moscow'

describe('a backup is due', () => {
  it('once a night, at three in the time zone of the firm', () => {
    expect(lastDue(new Date('2026-11-22T10:00:00Z'), 24, moscow).toISOString()).toBe('2026-11-22T00:00:00.000Z')
    expect(lastDue(new Date('2026-11-21T23:59:00Z'), 24, moscow).toISOString()).toBe('2026-11-21T00:00:00.000Z')
    expect(isBackupDue(new Date('2026-11-22T00:05:00Z'), new Date('2026-11-21T00:10:00Z'), 24, moscow)).toBe(true)
    expect(isBackupDue(new Date('2026-11-22T10:00:00Z'), new Date('2026-11-22T00:10:00Z'), 24, moscow)).toBe(false)
  })
  it('in the morning when the hub was off at night', () => {
    expect(isBackupDue(new Date('2026-11-22T06:00:00Z'), new Date('2026-11-21T00:10:00Z'), 24, moscow)).toBe(true)
  })
  it('every six hours when it is told so, and never at 0', () => {
    expect(lastDue(new Date('2026-11-22T10:00:00Z'), 6, moscow).toISOString()).toBe('2026-11-22T06:00:00.000Z')
    expect(isBackupDue(new Date('2026-11-22T10:00:00Z'), new Date('2020-01-01T00:00:00Z'), 0, moscow)).toBe(false)
  })
  it('once a week when it is told so', () => {
    const last = new Date('2026-11-15T00:10:00Z')
    expect(isBackupDue(new Date('2026-11-21T01:00:00Z'), last, 168, moscow)).toBe(false)
    expect(isBackupDue(new Date('2026-11-22T00:05:00Z'), last, 168, moscow)).toBe(true)
  })
  it('on a fresh hub not before its first night', () => {
    expect(isBackupDue(new Date('2026-11-22T10:05:00Z'), new Date('2026-11-22T10:00:00Z'), 24, moscow)).toBe(false)
  })
})
