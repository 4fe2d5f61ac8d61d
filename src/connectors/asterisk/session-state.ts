/** State of a channel under which its running calls outlive a restart. */
export const callsState = 'calls'
