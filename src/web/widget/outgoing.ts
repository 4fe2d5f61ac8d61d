/** Something the visitor said, on its way. */
export interface Outgoing {
  id: string
  /** As the panel shows it. */
  text: string
  payload: object
  /** Files live as long as the page. */
  files?: File[]
  state: 'waiting' | 'stored' | 'refused'
  /** Why it goes no further, or not yet. */
  fault?: 'slow' | 'too_large' | 'refused'
  /** Milliseconds, by this browser's clock. */
  at: number
}
