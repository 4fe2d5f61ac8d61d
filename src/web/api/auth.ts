export type SignInResult = 'in' | 'second_step' | 'wrong'

async function post(path: string, body: object): Promise<{ ok: boolean; body: Record<string, unknown> }> {
  const answer = await fetch(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { ok: answer.ok, body: await answer.json().catch(() => ({})) }
}

export async function signIn(email: string, password: string): Promise<SignInResult> {
  const { ok, body } = await post('/sign-in/email', { email, password })
  if (!ok) return 'wrong'
  return body.twoFactorRedirect === true ? 'second_step' : 'in'
}

export async function verifyTotp(code: string): Promise<boolean> {
  return (await post('/two-factor/verify-totp', { code })).ok
}

export async function signOut(): Promise<void> {
  await post('/sign-out', {})
}

/** The address for the authenticator app, or undefined when the password is wrong. It counts after `verifyTotp`. */
export async function beginTotp(password: string): Promise<string | undefined> {
  const { ok, body } = await post('/two-factor/enable', { password })
  return ok && typeof body.totpURI === 'string' ? body.totpURI : undefined
}
