import type { MangoSummary } from './payloads.ts'

/** Under this path the answer of `stats/result` is kept as a delivery. */
export const statisticsPath = '/stats/result'

/** Asked for in this order; the answer names no columns (API 1.10, "Statistics"). */
export const statisticsFields = [
  'records',
  'start',
  'finish',
  'answer',
  'from_extension',
  'from_number',
  'to_extension',
  'to_number',
  'disconnect_reason',
  'line_number',
  'entry_id',
] as const

const rowsOfDelivery = 500

/** The rows of an answer in pieces that are deliveries. */
export function piecesOf(csv: string): string[] {
  const rows = csv.split(/\r?\n/).filter((row) => row.trim() !== '')
  const count = Math.ceil(rows.length / rowsOfDelivery)
  return Array.from({ length: count }, (_, piece) => rows.slice(piece * rowsOfDelivery, (piece + 1) * rowsOfDelivery).join('\n'))
}

/** One row per call: `[id1,id2];start;…`, times in UTC seconds, 0 for no answer. Rows that do not fit are left out. */
export function readStatistics(csv: string): { summary: MangoSummary; recordings: string[] }[] {
  return csv.split(/\r?\n/).flatMap((line) => {
    const cells = line.split(';')
    if (cells.length < statisticsFields.length) return []
    const cell = (name: (typeof statisticsFields)[number]): string => cells[statisticsFields.indexOf(name)]?.trim() ?? ''
    const start = Number(cell('start'))
    const finish = Number(cell('finish'))
    if (!cell('entry_id') || !isMoment(start) || !isMoment(finish)) return []
    const answered = Number(cell('answer'))
    const answer = isMoment(answered) ? answered : 0
    const end = (number: string, extension: string) => ({ ...(number && { number }), ...(extension && { extension }) })
    const from = end(cell('from_number'), cell('from_extension'))
    const to = end(cell('to_number'), cell('to_extension'))
    const summary: MangoSummary = {
      entry_id: cell('entry_id'),
      call_direction: from.extension === undefined ? 1 : to.extension === undefined ? 2 : 0,
      from,
      to,
      line_number: cell('line_number') || undefined,
      create_time: start,
      talk_time: answer,
      end_time: finish,
      entry_result: answer > 0 ? 1 : 0,
      disconnect_reason: Number(cell('disconnect_reason')) || undefined,
    }
    return [
      {
        summary,
        recordings: cell('records')
          .replaceAll(/[[\]\s]/g, '')
          .split(',')
          .filter(Boolean),
      },
    ]
  })
}

/** Unix seconds. */
function isMoment(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds > 0 && seconds < 1e11
}
