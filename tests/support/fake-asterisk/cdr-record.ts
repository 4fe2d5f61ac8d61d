import type { Fields } from './ami-server.ts'
import type { Chan } from './channel.ts'

/** One row of the CDR: a caller and whom he was put through to. */
export interface CdrRecord {
  caller: Chan
  dest: Chan | undefined
  disposition: 'ANSWERED' | 'NO ANSWER' | 'BUSY' | 'FAILED'
  endedAt: number
}

/** UTC, as `usegmtime = yes` in cdr.conf. */
function time(moment: number): string {
  return new Date(moment).toISOString().slice(0, 19).replace('T', ' ')
}

function told({ caller, dest, disposition, endedAt }: CdrRecord) {
  const from = caller.uniqueid.startsWith('hub-') ? (/\/(.*)-/.exec(caller.name)?.[1] ?? '') : caller.callerNum
  const answeredAt = disposition === 'ANSWERED' ? (dest?.answeredAt ?? caller.answeredAt) : undefined
  return {
    src: from,
    dst: caller.exten,
    dcontext: caller.context,
    clid: `"${from}" <${from}>`,
    channel: caller.name,
    dstchannel: dest?.name ?? '',
    lastapp: dest ? 'Dial' : 'Hangup',
    lastdata: dest ? `${dest.dialled},30` : '',
    start: time(caller.bornAt),
    answer: answeredAt === undefined ? '' : time(answeredAt),
    end: time(endedAt),
    duration: Math.round((endedAt - caller.bornAt) / 1000),
    billsec: answeredAt === undefined ? 0 : Math.round((endedAt - answeredAt) / 1000),
    disposition,
    uniqueid: caller.uniqueid,
  }
}

/** A line of Master.csv with `loguniqueid = yes`. */
export function cdrLine(record: CdrRecord): string {
  const row = told(record)
  const texts = [row.src, row.dst, row.dcontext, row.clid, row.channel, row.dstchannel, row.lastapp, row.lastdata, row.start, row.answer, row.end]
  const quoted = ['', ...texts].map((text) => `"${text.replaceAll('"', '""')}"`)
  return [...quoted, row.duration, row.billsec, `"${row.disposition}"`, '"DOCUMENTATION"', `"${row.uniqueid}"`, '""'].join(',')
}

export function cdrEvent(record: CdrRecord): Fields {
  const row = told(record)
  return [
    ['AccountCode', ''],
    ['Source', row.src],
    ['Destination', row.dst],
    ['DestinationContext', row.dcontext],
    ['CallerID', row.clid],
    ['Channel', row.channel],
    ['DestinationChannel', row.dstchannel],
    ['LastApplication', row.lastapp],
    ['LastData', row.lastdata],
    ['StartTime', row.start],
    ['AnswerTime', row.answer],
    ['EndTime', row.end],
    ['Duration', row.duration],
    ['BillableSeconds', row.billsec],
    ['Disposition', row.disposition],
    ['AMAFlags', 'DOCUMENTATION'],
    ['UniqueID', row.uniqueid],
    ['UserField', ''],
  ]
}
