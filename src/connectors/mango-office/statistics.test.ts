import { expect, test } from 'vitest'
import { mostEvents } from '../../core/intake/read-events.ts'
import { normalise } from './inbound.ts'
import { piecesOf, statisticsPath } from './statistics.ts'

test('the statistics of a month are cut into pieces that can be read, and no row is lost', () => {
  const rows = Array.from({ length: 1201 }, (_, index) => `[a${index},b${index}];1700000000;1700000071;1700000009;;79990001122;101;;1110;;e${index}`)
  const pieces = piecesOf(`${rows.join('\r\n')}\r\n`).map((csv) =>
    normalise({ method: 'POLL', path: statisticsPath, query: '', headers: {}, body: Buffer.from(csv), receivedAt: new Date() }),
  )
  expect(pieces.map((events) => events.length)).toEqual([1500, 1500, 603])
  expect(Math.max(...pieces.map((events) => events.length))).toBeLessThanOrEqual(mostEvents)
  expect(piecesOf('\n')).toEqual([])
})
