/** Under this name a call that we asked for waits for the vendor's own id. */
export function requestName(requestId: string): string {
  return `request:${requestId}`
}
