const requested = /^hub-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The name that the channel of a call we ask for is given: so its events are known before the first of them. */
export function nameOfRequest(id: string): string {
  return `hub-${id}`
}

/** Our request behind the name of a call or channel. */
export function requestOf(name: string): string | undefined {
  return requested.exec(name)?.[1]
}
