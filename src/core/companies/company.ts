/** A company in the outside shape. Times are ISO 8601 UTC. */
export interface CompanyView {
  id: string
  name: string
  /** Corporate e-mail domain, lower case, ASCII. */
  domain: string | null
  ownerId: string | null
  fields: Record<string, unknown>
  /** How many cards name it. */
  people: number
  createdAt: string
  updatedAt: string
}

/** Absent: stays. In `fields`, null takes a field away. */
export interface CompanyPatch {
  name?: string | undefined
  domain?: string | null | undefined
  ownerId?: string | null | undefined
  fields?: Record<string, unknown> | undefined
}
