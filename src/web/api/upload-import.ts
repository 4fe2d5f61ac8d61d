/** Bytes; the server refuses more, too. */
export const largestImport = 64 * 1024 * 1024

/** Sends a table; gives the id of its import. Throws with the server's words. */
export async function uploadImport(file: File): Promise<string> {
  const answer = await fetch(`/api/v1/imports?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  })
  const body: { id?: string; detail?: string; title?: string; code?: string } = await answer.json().catch(() => ({}))
  if (!answer.ok || !body.id) throw Object.assign(new Error(body.detail ?? body.title ?? ''), { status: answer.status, data: body })
  return body.id
}
