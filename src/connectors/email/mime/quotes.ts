/** Where the quoted part and the signature of a letter begin, as character offsets; the view folds from there, nothing is cut. */
export interface FoldMarks {
  quoteStart?: number
  signatureStart?: number
}

const maxText = 200_000
const month = '(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\\.?'
const weekday = '(?:пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)'

/** Lines that introduce a quote, as Gmail, Mail.ru, Yandex, Thunderbird, iPhone, The Bat! and Outlook write them in Russian and other languages. */
const quoteHeaders = [
  new RegExp(`^${weekday},?\\s+\\d{1,2}\\s+${month}\\s+\\d{4}(?:\\s*г\\.?)?,?(?:\\s+в)?\\s+\\d{1,2}:\\d{2}.{0,200}<[^<>\\s]+@[^<>\\s]+>:\\s*$`, 'i'),
  /^\d{1,2}\.\d{1,2}\.\d{2,4},?\s+\d{1,2}:\d{2}(?::\d{2})?,?.{0,200}(?:<[^<>\s]+@[^<>\s]+>:|(?:пишет|написала?|написал\(а\)|wrote)\s*:)\s*$/i,
  new RegExp(`^\\d{1,2}\\s+${month}\\s+\\d{4}\\s*г\\.?,\\s+в\\s+\\d{1,2}:\\d{2}.{0,200}(?:написал\\(а\\)|написала?|пишет)\\s*:\\s*$`, 'i'),
  /^(?:On|Am|Le|El|Il|Op)\s.{5,250}(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef)\s*:\s*$/i,
  /^Вы писали\s.{4,60}:\s*$/i,
  /^-{2,}\s*(?:Исходное сообщение|Original Message|Ursprüngliche Nachricht)\s*-{2,}$/i,
]
const forwardMark = /(?:Пересылаемое|Пересланное|Перенаправленное) сообщение|Начало переадресованного сообщения|Forwarded message/i
const outlookFrom = /^\*?(?:От|From|Von|De|Від):\*?\s/i
const outlookField = /^\*?(?:Отправлено|Дата|Кому|Копия|Тема|Sent|Date|To|Cc|Subject):\*?\s/i
const quoted = /^\s{0,3}(?:[A-Za-zА-Яа-яЁё]{1,3})?>/
const signature = /^(?:-- ?|Отправлено (?:с|из|от) .{2,60}|Sent from .{2,60})$/i

/** Finds the fold marks of a plain text. Answers written between quoted lines are left open: then there is no quote mark. */
export function findFolds(text: string): FoldMarks {
  if (text.length > maxText) return {}
  const lines = text.split('\n')
  const starts = offsets(lines)
  const quoteLine = findQuote(lines)
  const marks: FoldMarks = {}
  if (quoteLine >= 0) marks.quoteStart = starts[quoteLine] ?? 0
  const end = quoteLine < 0 ? lines.length : quoteLine
  const signatureLine = lines.findIndex((line, index) => index > 0 && index < end && signature.test(line.trimEnd() === '--' ? '--' : line.trim()))
  if (signatureLine >= 0) marks.signatureStart = starts[signatureLine] ?? 0
  return marks
}

function findQuote(lines: string[]): number {
  for (let index = 0; index < lines.length; index += 1) {
    const line = clean(lines[index])
    if (forwardMark.test(line)) return -1
    if (isQuoteHeader(line, clean(lines[index + 1]))) return isInterleaved(lines, index) ? -1 : index
    if (outlookFrom.test(line) && countFields(lines, index) >= 2) return startsWithRule(lines, index) ? index - 1 : index
  }
  return quotedTail(lines)
}

function isQuoteHeader(line: string, next: string): boolean {
  if (line.length === 0 || line.length > 300) return false
  return quoteHeaders.some((header) => header.test(line) || (next.length > 0 && next.length < 200 && header.test(`${line} ${next}`)))
}

/** Own words after the header, between quoted lines. */
function isInterleaved(lines: string[], header: number): boolean {
  const after = lines.slice(header + 1)
  const firstQuoted = after.findIndex((line) => quoted.test(line))
  if (firstQuoted < 0) return false
  return after.slice(firstQuoted).some((line) => line.trim() !== '' && !quoted.test(line) && !signature.test(line.trim()) && line.trim().length > 2)
}

function countFields(lines: string[], from: number): number {
  return lines.slice(from + 1, from + 6).filter((line) => outlookField.test(clean(line))).length
}

function startsWithRule(lines: string[], index: number): boolean {
  return index > 0 && /^\s*_{5,}\s*$/.test(lines[index - 1] ?? '')
}

/** A tail of lines that all begin with `>`. */
function quotedTail(lines: string[]): number {
  let start = -1
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index] ?? ''
    if (quoted.test(line)) start = index
    else if (line.trim() !== '') break
  }
  return start
}

function clean(line: string | undefined): string {
  return (line ?? '')
    .replace(/^(?:\s{0,3}>)+\s?/, '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .trim()
}

function offsets(lines: string[]): number[] {
  let at = 0
  return lines.map((line) => {
    const start = at
    at += line.length + 1
    return start
  })
}
