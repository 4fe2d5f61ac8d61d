import { expect, test } from 'vitest'
import { createAdaptiveBatch } from './adaptive-batch.ts'

const isForAll = (error: unknown) => error instanceof Error && error.message === 'connection lost'

test('joins what comes together, and writes a lone item at once', async () => {
  const written: number[] = []
  const batch = createAdaptiveBatch<number>(async (items) => void written.push(items.length), isForAll)
  await batch.add(1)
  await Promise.all(Array.from({ length: 10 }, (_, index) => batch.add(index)))
  expect(written[0]).toBe(1)
  expect(written.length).toBeLessThan(6)
  expect(written.reduce((sum, count) => sum + count, 0)).toBe(11)
})

test('a bad item fails alone', async () => {
  const batch = createAdaptiveBatch<number>(async (items) => {
    if (items.includes(3)) throw new Error('bad item')
  }, isForAll)
  const settled = await Promise.allSettled([1, 2, 3, 4].map((item) => batch.add(item)))
  expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
})

test('a lost connection fails all of a batch, without trying each', async () => {
  let writes = 0
  const batch = createAdaptiveBatch<number>(async () => {
    writes++
    throw new Error('connection lost')
  }, isForAll)
  const settled = await Promise.allSettled([1, 2, 3, 4].map((item) => batch.add(item)))
  expect(settled.every((one) => one.status === 'rejected')).toBe(true)
  expect(writes).toBeLessThan(4)
})
