import { describe, expect, it } from 'vitest'
import { type ComposedFile, fileRefusal, type Limits, limitsBefore, textState, windowState } from './limits-of.ts'

const none: Limits = {
  textLength: null,
  textCounts: 'characters',
  attachmentBytes: null,
  attachmentTypes: null,
  noFiles: null,
  buttons: null,
  window: null,
}
const file = (type: string, size = 10): ComposedFile => ({ id: '1', name: 'a', type, size })

describe('the text', () => {
  it('is counted as the channel counts, and told only when the end is near', () => {
    expect(textState('x'.repeat(5_000), none)).toBeUndefined()
    expect(textState('x'.repeat(800), { ...none, textLength: 1_000 })).toBeUndefined()
    expect(textState('x'.repeat(1_001), { ...none, textLength: 1_000 })).toEqual({ length: 1_001, limit: 1_000, pieces: 2 })
    expect(textState('я'.repeat(501), { ...none, textLength: 1_000, textCounts: 'bytes' })).toEqual({ length: 1_002, limit: 1_000, pieces: 2 })
  })
})

describe('a file', () => {
  it('is taken, too large, of another kind, or none is taken at all', () => {
    const pictures = { ...none, attachmentTypes: ['image/png', 'audio/*'], attachmentBytes: 100 }
    expect(fileRefusal(file('image/png'), pictures)).toBeUndefined()
    expect(fileRefusal(file('audio/ogg; codecs=opus'), pictures)).toBeUndefined()
    expect(fileRefusal(file('image/png', 101), pictures)).toBe('size')
    expect(fileRefusal(file('application/pdf'), pictures)).toBe('kind')
    expect(fileRefusal(file('image/png'), { ...none, attachmentTypes: [] })).toBe('none')
    expect(fileRefusal(file('image/png'), { ...none, noFiles: { en: 'no', ru: 'нет' } })).toBe('none')
    expect(fileRefusal(file('application/zip', 1e9), none)).toBeUndefined()
  })
})

describe('a channel on which the client has never written', () => {
  it('offers templates where its service lets nothing else through', () => {
    const limits = { textLength: 10, window: { hours: 24 } }
    expect(limitsBefore({ limits, abilities: ['send', 'listTemplates'] })).toMatchObject({
      textLength: 10,
      window: { closesAt: null, templates: true },
    })
    expect(limitsBefore({ limits, abilities: ['send'] }).window).toEqual({ closesAt: null, templates: false })
    expect(limitsBefore({ limits: { window: { hours: 24, medium: 'chat' } }, abilities: ['send'] }).window).toBeNull()
    expect(limitsBefore({ limits: null, abilities: [] })).toEqual(none)
  })
})

describe('the window', () => {
  const at = (closesAt: string | null) => windowState({ closesAt, templates: false }, Date.parse('2026-11-22T09:00:00Z'))
  it('is open, closes soon, is closed, or has never opened', () => {
    expect(windowState(null, 0).is).toBe('any')
    expect(at('2026-11-22T20:00:00Z')).toEqual({ is: 'open', leftMs: 11 * 3_600_000 })
    expect(at('2026-11-22T10:59:00Z').is).toBe('soon')
    expect(at('2026-11-22T09:00:00Z').is).toBe('closed')
    expect(at(null).is).toBe('never')
  })
})
