import express from 'express'
import { expect, test } from 'vitest'
import { FileMissing } from '../../core/files/file-missing.ts'
import { toCoreError } from './problem.ts'

const told = (error: unknown) => {
  const { code, status } = toCoreError(error)
  return [status, code]
}

test('what a caller did wrong is no mistake of the hub', () => {
  expect(told(Object.assign(new Error('too large'), { type: 'entity.too.large', status: 413 }))).toEqual([413, 'body_too_large'])
  expect(told(Object.assign(new Error('bad JSON'), { type: 'entity.parse.failed', status: 400 }))).toEqual([400, 'invalid_request'])
  expect(told(Object.assign(new Error('koi7'), { type: 'charset.unsupported', status: 415 }))).toEqual([415, 'unsupported_type'])
  expect(told(Object.assign(new Error('no such range'), { status: 416 }))).toEqual([400, 'invalid_request'])
  expect(told(new FileMissing('attachments/ab/abcd'))).toEqual([404, 'not_found'])
  expect(told(Object.assign(new Error('a secret of ours'), { status: 500 }))).toEqual([500, 'internal'])
  expect(told(new Error('a secret of ours'))).toEqual([500, 'internal'])
})

test('an address that cannot be decoded is the caller’s mistake', async () => {
  const app = express()
  app.get('/files/:id', (_request, response) => void response.end())
  const errors: unknown[] = []
  app.use((error: unknown, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
    errors.push(error)
    response.status(toCoreError(error).status).end()
  })
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  const answer = await fetch(`http://127.0.0.1:${address.port}/files/%E0%A4%A`)
  server.close()
  expect(errors).toHaveLength(1)
  expect(answer.status).toBe(400)
})
