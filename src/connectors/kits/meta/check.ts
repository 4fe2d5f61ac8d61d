import { createHmac } from 'node:crypto'
import type { CheckResult } from '../../../core/connector/connector.ts'
import { ConnectorError } from '../../../core/connector/errors.ts'
import { both, GraphRefusal } from './failures.ts'
import type { GraphAccount } from './graph.ts'

/** Signs a request with the app secret too, so that a mistyped one is told now and not by events that are refused. */
export interface AppProof {
  appsecret_proof: string
}

/**
 * Tries token and app secret together: https://developers.facebook.com/docs/graph-api/guides/secure-requests. `ask` gives the name that the
 * token opens.
 */
export async function checkWith(account: GraphAccount & { appSecret: string }, ask: (proof: AppProof) => Promise<string>): Promise<CheckResult> {
  try {
    const proof = createHmac('sha256', account.appSecret).update(account.accessToken).digest('hex')
    const detail = await ask({ appsecret_proof: proof })
    return { ok: true, ...(detail !== '' && { detail }) }
  } catch (error) {
    return { ok: false, error: explain(error) }
  }
}

function explain(error: unknown): ConnectorError {
  if (!(error instanceof GraphRefusal))
    return error instanceof ConnectorError ? error : both('temporary', 'Meta could not be asked', 'Не удалось спросить Meta')
  const { code, message = '' } = error.said
  if (code === 100 && /appsecret_proof/i.test(message)) {
    return both('auth_failed', 'The app secret does not belong to the app of this token', 'App secret не от того приложения, которому выдан токен')
  }
  if (code === 100)
    return both(
      'auth_failed',
      'This token does not open the ID typed here: copy both again',
      'Этот токен не открывает указанный ID: скопируйте их заново',
    )
  return error
}
