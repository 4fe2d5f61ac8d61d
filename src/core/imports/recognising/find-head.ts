import { createHash } from 'node:crypto'
import type { FileRow } from '../import.ts'

const lookedAt = 10

export interface Head {
  /** One per column; empty where the file has none. */
  headers: string[]
  /** Number of the first row that is no head. */
  firstData: number
}

/** The row that names the columns: the first of the top ones that fills most of them and holds neither address nor phone. Titles above it are passed over. */
export function findHead(rows: FileRow[]): Head {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length))
  const filled = ({ cells }: FileRow) => cells.filter((cell) => cell !== '').length
  const most = Math.max(0, ...rows.slice(0, lookedAt).map(filled))
  const head = rows.slice(0, lookedAt).find((row) => filled(row) >= most * 0.6)
  if (!head) return { headers: [], firstData: rows[0]?.number ?? 1 }
  if (head.cells.some(isValue)) return { headers: Array.from({ length: width }, () => ''), firstData: head.number }
  return { headers: Array.from({ length: width }, (_, index) => (head.cells[index] ?? '').slice(0, 200)), firstData: head.number + 1 }
}

/** By it a mapping is remembered: the same headers, whatever their case and gaps. */
export function signatureOf(headers: string[]): string {
  const plain = headers.map((header) => header.toLowerCase().replaceAll(/\s+/g, ' ').trim())
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex')
}

function isValue(cell: string): boolean {
  return /^\S+@\S+\.\S+$/.test(cell) || cell.replaceAll(/\D/g, '').length >= 7
}
