export interface UntouchedSettings {
  /** Wall clock of the firm, `03:00`: from then on the day's list is made. */
  at: string
  /** A client with whom nobody had to do for so many days, either way. */
  clientDays: number
  /** An open lead to whom nobody of ours turned for so many days. */
  leadDays: number
}

export const untouchedDefaults: UntouchedSettings = { at: '03:00', clientDays: 30, leadDays: 1 }
