/** What the hub saw when it fetched itself by its public address. */
interface Seen {
  seen: 'hub' | 'other' | 'nobody'
  private: boolean
  https: boolean
}

/** `public`: services on the internet can call it. `plain`: they can, without encryption. Any other: they cannot. */
export function reachState({ seen, private: isPrivate, https }: Seen): 'public' | 'plain' | 'private' | 'other' | 'nobody' {
  if (seen !== 'hub') return seen
  if (isPrivate) return 'private'
  return https ? 'public' : 'plain'
}
