/** `slow`: too many attempts. `away`: the hub does not answer. */
export type Refusal = 'wrong' | 'slow' | 'away'
export type SignInResult = 'in' | 'second_step' | Refusal

interface Answer {
  /** Of HTTP; 0: there was none. */
  status: number
  body: Record<string, unknown>
}

async function post(path: string, body: object): Promise<Answer> {
  try {
    const answer = await fetch(`/api/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: await answer.json().catch(() => ({})) }
  } catch {
    return { status: 0, body: {} }
  }
}

/** Undefined: it was no refusal. */
function refusalIn({ status }: Answer): Refusal | undefined {
  if (status >= 200 && status < 300) return undefined
  return status === 429 ? 'slow' : status >= 400 && status < 500 ? 'wrong' : 'away'
}

export async function signIn(email: string, password: string): Promise<SignInResult> {
  const answer = await post('/sign-in/email', { email, password })
  return refusalIn(answer) ?? (answer.body.twoFactorRedirect === true ? 'second_step' : 'in')
}

/** The address of the firm's own sign-in service, where the browser is to go; undefined when it does not answer. */
export async function signInElsewhere(): Promise<string | undefined> {
  const { body } = await post('/sign-in/social', { provider: 'oidc', callbackURL: '/', errorCallbackURL: '/sign-in?refused' })
  return typeof body.url === 'string' ? body.url : undefined
}

export async function verifyTotp(code: string): Promise<'in' | Refusal> {
  return refusalIn(await post('/two-factor/verify-totp', { code })) ?? 'in'
}

/** False: the hub did not hear it, the session goes on. */
export async function signOut(): Promise<boolean> {
  return refusalIn(await post('/sign-out', {})) !== 'away'
}

/** Other sessions of this user end. `wrong`: the present password is another, or the new one too short. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<'changed' | Refusal> {
  return refusalIn(await post('/change-password', { currentPassword, newPassword, revokeOtherSessions: true })) ?? 'changed'
}

/** The address for the authenticator app, or why not: `wrong` is the password. It counts after `verifyTotp`. */
export async function beginTotp(password: string): Promise<URL | Refusal> {
  const answer = await post('/two-factor/enable', { password })
  return refusalIn(answer) ?? (typeof answer.body.totpURI === 'string' ? new URL(answer.body.totpURI) : 'away')
}
