import { expect, test } from 'vitest'
import { reloadOnNewBuild } from './reload-on-new-build.ts'

test('a part that is gone loads the page anew once, and a second failure is left to be seen', () => {
  const kept = new Map<string, string>()
  const target = new EventTarget()
  let reloads = 0
  const fail = () => target.dispatchEvent(new Event('vite:preloadError', { cancelable: true }))
  reloadOnNewBuild({
    addEventListener: target.addEventListener.bind(target),
    sessionStorage: { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) },
    location: { reload: () => void reloads++ },
  } as unknown as Window)
  expect(fail()).toBe(false)
  expect(fail()).toBe(true)
  expect(reloads).toBe(1)
})
