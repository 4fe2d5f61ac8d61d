import { readdirSync, readFileSync } from 'node:fs'
import type { BenchHub } from './bench-hub.ts'

// Read from /proc, so on Linux only.

export function hubMegabytes(hub: BenchHub): number {
  return proportionalMegabytes(hub.process.child.pid ?? 0)
}

/** The postmaster and its children. */
export function databaseMegabytes(hub: BenchHub): number {
  return databasePids(hub).reduce((sum, pid) => sum + proportionalMegabytes(pid), 0)
}

/** Processor time used so far, ms; differences say what work costs, whatever else the machine does. */
export function cpuMs(hub: BenchHub): { hub: number; database: number } {
  return { hub: cpuOf(hub.process.child.pid ?? 0), database: databasePids(hub).reduce((sum, pid) => sum + cpuOf(pid), 0) }
}

function databasePids(hub: BenchHub): number[] {
  const postmaster = hub.postmaster()
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
  return [postmaster, ...pids.filter((pid) => statOf(pid)[1] === String(postmaster))]
}

/** Fields of /proc/<pid>/stat behind the program's name: state, parent, … (proc(5)); none when the process is gone. */
function statOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
  } catch {
    return []
  }
}

/** Own and of children that have ended. The kernel counts in hundredths of a second. */
function cpuOf(pid: number): number {
  return statOf(pid)
    .slice(11, 15)
    .reduce((sum, ticks) => sum + Number(ticks) * 10, 0)
}

/** Memory that processes share is counted once between them (Pss, proc(5)). */
function proportionalMegabytes(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]
  return Number(kilobytes) / 1024
}
