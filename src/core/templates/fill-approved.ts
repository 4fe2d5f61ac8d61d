import type { ApprovedTemplate, ChosenTemplate } from '../connector/approved-template.ts'

/** What the client will read, for people here: header, body and footer with the values in their places. */
export function fillApproved({ header, body, footer }: ApprovedTemplate, values: ChosenTemplate['values']): string {
  const filled = [header, body, footer].filter((text) => text !== undefined && text !== '').join('\n\n')
  return filled.replaceAll(/\{\{([\w.]+)\}\}/g, (place, id: string) => values[id] ?? place)
}

/** Ids of the places that have no value yet. */
export function emptyPlaces({ places }: ApprovedTemplate, values: ChosenTemplate['values']): string[] {
  return places.map(({ id }) => id).filter((id) => !values[id]?.trim())
}
