/** A phone as people write it, anything else as it is. */
export function shownIdentity({ kind, value }: { kind: string; value: string }): string {
  if (kind !== 'phone') return kind === 'email' ? value : `${kind} ${value}`
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(value)
  return russian ? `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}` : value
}
