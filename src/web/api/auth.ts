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

/** The address of the firm's own sign-in service, where the browser is to go; undefined when it does not answer. */
export async function signInElsewhere(): Promise<string | undefined> {
  const { ok, body } = await post('/sign-in/social', { provider: 'oidc', callbackURL: '/', errorCallbackURL: '/sign-in?refused' })
  return ok && typeof body.url === 'string' ? body.url : undefined
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
