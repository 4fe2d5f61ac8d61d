export type DeliveryStatus = 'received' | 'held' | 'applied' | 'ignored' | 'parked'
export type Step = 'done' | 'failed' | 'waits'

const steps: Record<DeliveryStatus, [Step, Step, Step, Step]> = {
  received: ['done', 'done', 'waits', 'waits'],
  held: ['done', 'done', 'waits', 'waits'],
  applied: ['done', 'done', 'done', 'done'],
  ignored: ['done', 'done', 'done', 'waits'],
  parked: ['done', 'done', 'failed', 'waits'],
}

/** Received → verified → read → matched. */
export function stepsOf(status: DeliveryStatus): [Step, Step, Step, Step] {
  return steps[status]
}
