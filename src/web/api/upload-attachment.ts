/** Sends a file ahead of the message that will carry it; gives its id. Throws with the server's words. */
export async function uploadAttachment(file: File): Promise<string> {
  const answer = await fetch(`/api/v1/attachments?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'content-type': file.type || 'application/octet-stream' },
    body: file,
  })
  const body: { id?: string; detail?: string; title?: string; code?: string } = await answer.json().catch(() => ({}))
  if (!answer.ok || !body.id) throw Object.assign(new Error(body.detail ?? body.title ?? ''), { status: answer.status, data: body })
  return body.id
}
