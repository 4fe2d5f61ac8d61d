import type { CheckResult } from './connector.ts'
import { ConnectorError } from './errors.ts'

/**
 * For `check`: one harmless call of `vendor`. `detailOf` gives what of its answer is shown to the owner. A fault that is none of the vendor's says
 * nothing about the credentials.
 */
export async function tryCredentials<Answer>(
  vendor: string,
  call: () => Promise<Answer>,
  detailOf?: (answer: Answer) => string | undefined,
): Promise<CheckResult> {
  try {
    const answer = await call()
    const detail = detailOf?.(answer)
    return { ok: true, ...(detail !== undefined && { detail }) }
  } catch (cause) {
    const words = { en: `${vendor} could not be asked`, ru: `${vendor}: спросить не удалось` }
    return { ok: false, error: cause instanceof ConnectorError ? cause : new ConnectorError('temporary', words.en, { words, cause }) }
  }
}
