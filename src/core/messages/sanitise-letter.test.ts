import { expect, test } from 'vitest'
import { sanitiseLetter } from './sanitise-letter.ts'

const cleaned = async (html: string) => (await sanitiseLetter(html)).html

test('takes out whatever could act', async () => {
  const nasty = [
    '<script>alert(1)</script>',
    '<p onclick="alert(1)">text</p>',
    '<a href="javascript:alert(1)">link</a>',
    '<img src=x onerror=alert(1)>',
    '<iframe src="https://evil.example"></iframe>',
    '<form action="https://evil.example"><input name=password><button>go</button></form>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<svg><script>alert(1)</script></svg>',
    '<math><mi//xlink:href="data:x,<script>alert(4)</script>">',
    '<object data="data:text/html,<script>alert(1)</script>"></object>',
  ].join('')
  const html = await cleaned(nasty)
  expect(html).not.toMatch(/script|onclick|onerror|javascript:|iframe|<form|<input|<meta|<base|<object|evil/i)
  expect(html).toContain('<p>text</p>')
})

test('keeps the look of a letter, its tables and its inline images', async () => {
  const html = await cleaned('<style>p { color: red }</style><table><tr><td style="color:#333"><img src="cid:logo@1" alt="Logo"></td></tr></table>')
  expect(html).toContain('color: red')
  expect(html).toContain('style="color:#333"')
  expect(html).toContain('src="cid:logo@1"')
})

test('opens links outside, without telling where from', async () => {
  expect(await cleaned('<a href="https://example.com/" target="_top">x</a>')).toBe(
    '<a href="https://example.com/" target="_blank" rel="noopener noreferrer nofollow">x</a>',
  )
})

test('lets images of strangers load only when asked', async () => {
  const letter = '<img src="https://tracker.example/1.png" srcset="https://tracker.example/2.png 2x"><img src="data:image/gif;base64,R0lGODlh">'
  expect(await sanitiseLetter(letter)).toEqual({ html: '<img><img src="data:image/gif;base64,R0lGODlh">', remoteImages: true })
  expect((await sanitiseLetter(letter, { images: true })).html).toContain('src="https://tracker.example/1.png"')
  expect((await sanitiseLetter('<p style="background:url(//tracker.example/x)">x</p>')).remoteImages).toBe(true)
  expect((await sanitiseLetter('<img src="cid:1">')).remoteImages).toBe(false)
})

test('serves many letters at once, and does not mix them up', async () => {
  const letters = await Promise.all(Array.from({ length: 120 }, (_, number) => cleaned(`<p>${number}</p><script>x</script>`)))
  expect(letters).toEqual(Array.from({ length: 120 }, (_, number) => `<p>${number}</p>`))
})
