/** A file that is no table we can read. `code` is said in words by the console: what it is and what to do. */
export class UnreadableFile extends Error {
  readonly code: UnreadableCode
  readonly line: number | undefined

  constructor(code: UnreadableCode, line?: number, cause?: unknown) {
    super(`The file cannot be read: ${code}.`, { cause })
    this.name = 'UnreadableFile'
    this.code = code
    this.line = line
  }
}

type UnreadableCode =
  | 'empty'
  | 'no_rows'
  | 'old_excel'
  | 'not_a_table'
  | 'web_page'
  | 'broken_zip'
  | 'no_sheet'
  | 'zip_bomb'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'quote_not_closed'
