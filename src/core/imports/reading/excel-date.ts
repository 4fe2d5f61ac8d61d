const dayMs = 24 * 60 * 60 * 1000

/** Numbers 14-22 and 45-47 are built-in dates and times (ECMA-376 part 1, §18.8.30), 27-36 and 50-58 those of East Asia. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code !== undefined)
    return /[ymdh]|s(?!tandard)/i.test(
      code.replaceAll(/"[^"]*"|\\.|\[(?:\$|black|blue|cyan|green|magenta|red|white|yellow|color)[^\]]*\]|general|основной/gi, ''),
    )
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
}

/** A number of Excel's calendar as `2026-11-22`, with the time of day when it has one. Excel takes 1900 for a leap year, so days before March differ by one. */
export function excelDate(serial: number, from1904: boolean): string {
  const base = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30)
  const at = new Date(base + Math.round(serial * dayMs))
  if (Number.isNaN(at.getTime())) return String(serial)
  const [day = '', time = ''] = at.toISOString().split('T')
  return Number.isInteger(serial) ? day : `${day} ${time.slice(0, 5)}`
}
