/** Why a delivery that is marked as a test stays as it is. */
export type HangingReason = 'answered' | 'written' | 'task' | 'call' | 'goes_on'

/** What became of one test delivery; `left`: what stays although its entries are gone, each with its reason. */
export interface RemovedTest {
  id: string
  is: 'removed' | 'kept' | 'gone_before'
  reason: HangingReason | null
  entries: number
  leads: number
  contacts: number
  left: ('lead_worked' | 'contact_has_more' | 'address_used')[]
}

/** What stands in the log of a delivery whose traces were taken off the cards. */
export const removedReason = 'removed as a test'
