import { createHmac } from 'node:crypto'
import { type Bench, type ContractCase, caught } from '../case.ts'

const settings = { secret: 'contract-secret-1' }

export const pbxWebhook: ContractCase = {
  settings,
  proofs: {
    signature: {
      settings,
      sign: (request) => ({
        ...request,
        headers: { ...request.headers, 'x-signature': createHmac('sha256', settings.secret).update(request.body).digest('hex') },
      }),
    },
    secret: { settings, sign: (request) => ({ ...request, headers: { ...request.headers, 'x-hub-key': settings.secret } }) },
  },
  failures: [
    {
      name: 'a recording that is gone',
      code: 'rejected',
      provoke: (bench) => fetchRecording(bench, 410),
    },
    { name: 'a recording that is not there yet', code: 'temporary', provoke: (bench) => fetchRecording(bench, 404) },
    { name: 'a recording that is not for us', code: 'rejected', provoke: (bench) => fetchRecording(bench, 403) },
  ],
  exempt: { badCredentials: 'the PBX calls us: there is nobody to sign in to' },
}

async function fetchRecording(bench: Bench, status: number): Promise<unknown> {
  const vendor = await bench.httpVendor((_request, response) => response.writeHead(status).end())
  return caught(bench.connector.fetchMedia?.(`${vendor}/c-1.mp3`, bench.channel(settings), bench.hub) ?? Promise.resolve())
}
