import express from 'express'
import { CoreError } from '../../core/errors.ts'
import { rawOperations } from '../contract/operations.ts'
import { authenticate, headersOf } from '../http/authenticate.ts'
import { refusal } from '../policies/policy.ts'
import { receiveAttachment, sendAttachment, sendLetter } from './attachments.ts'
import { finishConsentInBrowser } from './channel-consent.ts'
import type { ApiDeps } from './context.ts'
import { sendDeliveryBody } from './deliveries.ts'
import { sendCertificate, sendPersonExport } from './erasures.ts'
import { sendExport } from './exports.ts'
import { receiveImport, sendImportRows } from './import-files.ts'
import { sendPicture } from './pictures.ts'
import type { RawHandler } from './raw-handler.ts'
import { playLinked, playRecording } from './recordings.ts'
import { sendFactRows } from './reports.ts'
import { sendReviews } from './reviews.ts'

export type RawOperation = keyof typeof rawOperations

/** What speaks something else than JSON: files and letters. One line per operation; each has its rule in the policies. */
const handlers: [RawOperation, RawHandler][] = [
  ['channels.finishConsent', finishConsentInBrowser],
  ['deliveries.body', sendDeliveryBody],
  ['attachments.upload', receiveAttachment],
  ['attachments.download', sendAttachment],
  ['calls.playRecording', playRecording],
  ['recordings.play', playLinked],
  ['contacts.picture', sendPicture],
  ['entries.html', sendLetter],
  ['imports.create', receiveImport],
  ['imports.download', sendImportRows],
  ['exports.download', sendExport],
  ['reports.download', sendFactRows],
  ['reviews.download', sendReviews],
  ['erasures.certificate', sendCertificate],
  ['personExports.download', sendPersonExport],
]

/** Rejects before a byte of the body is read. */
export function rawRoutes(deps: ApiDeps): express.Router {
  const routes = express.Router()
  for (const [operation, handler] of handlers) {
    const { method, path } = rawOperations[operation]
    const route = routes.route(path.replaceAll(/\{(\w+)\}/g, ':$1'))
    route[method === 'POST' ? 'post' : 'get'](async (request, response) => {
      const actor = await authenticate(deps, headersOf(request))
      const code = refusal(actor, operation)
      if (code) throw new CoreError(code)
      await handler(request, response, actor, deps)
    })
  }
  return routes
}
