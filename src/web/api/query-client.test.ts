import { expect, test, vi } from 'vitest'
import { queryClient, whenSignedOut } from './query-client.ts'

const refused = (code: string) => Object.assign(new Error(code), { status: 401, code, data: { code } })
const ask = async (key: string, code: string) =>
  await queryClient.fetchQuery({ queryKey: [key], queryFn: () => Promise.reject(refused(code)) }).catch(() => undefined)

test('who was signed out is led away, but not by the question whether he is signed in', async () => {
  const leave = vi.fn()
  whenSignedOut(leave)
  await ask('session', 'not_signed_in')
  await ask('waiting', 'wrong_password')
  expect(leave).not.toHaveBeenCalled()
  await ask('waiting', 'not_signed_in')
  expect(leave).toHaveBeenCalledOnce()
})
