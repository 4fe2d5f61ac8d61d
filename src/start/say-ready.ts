/** What the person at the terminal is to see among the lines of the log: where the hub is, and the first time the link that sets it up. */
export function readyText(publicUrl: string, setupLink: string | undefined): string {
  const ready = `Switchboard is ready: ${publicUrl}\n`
  if (!setupLink) return ready
  const link = `Set it up once: ${setupLink}`
  const line = '─'.repeat(link.length + 2)
  return `${ready}\n${line}\n ${link}\n${line}\n\n`
}
