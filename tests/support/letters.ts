const started = new Date()

/** A plain letter with its own Message-ID, CRLF line ends. */
export function plainLetter(
  id: string,
  options: { from?: string; to?: string; subject?: string; text?: string; date?: Date; headers?: string[] } = {},
): string {
  const { from = 'Ivan <ivan@client.example>', to = 'sales@shop.example', subject = `Letter ${id}`, text = `Text of ${id}`, date = started } = options
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@client.example>`,
    ...(options.headers ?? []),
  ]
  return `${lines.join('\r\n')}\r\n\r\n${text}\r\n`
}

/** Waits until `ready` says yes; fails with `what` after `timeoutMs`. */
export async function until(ready: () => boolean | Promise<boolean>, what: string, timeoutMs = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await ready())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
