/**
 * A message that the vendor has approved beforehand: it gets through where free words no longer do. Its texts hold their places as `{{id}}`, `id` being one
 * of `places`.
 */
export interface ApprovedTemplate {
  name: string
  /** As the vendor writes it. */
  language: string
  /** The vendor's word for what it is for. */
  category?: string
  header?: string
  body: string
  footer?: string
  /** Captions of its buttons. */
  buttons: string[]
  /** What has to be filled in, in order. */
  places: { id: string; example?: string }[]
  /** A file of this kind has to go with it. */
  file?: 'image' | 'video' | 'document'
}

/** One of them, filled in: a value for each place. */
export interface ChosenTemplate {
  name: string
  language: string
  values: Record<string, string>
}
