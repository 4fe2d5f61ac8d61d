import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { isPassingFault } from '../../src/core/database/passing-fault.ts'
import { createAdaptiveBatch } from '../../src/core/intake/adaptive-batch.ts'

// What intake is compared with: node:http and pg alone, one JSON body per POST, acknowledged after its commit; nothing is verified or counted.
// DATABASE_URL, and as argument: `single` (one insert per request) or `batch` (adaptive multi-row inserts).

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
await pool.query(
  'create table if not exists bare (id bigserial primary key, key text unique not null, payload jsonb not null, at timestamptz not null default now())',
)

interface Item {
  key: string
  body: string
}

const batch = createAdaptiveBatch<Item>(async (items) => {
  await pool.query({
    name: 'batch',
    text: 'insert into bare (key, payload) select * from unnest($1::text[], $2::jsonb[]) on conflict (key) do nothing',
    values: [items.map((item) => item.key), items.map((item) => item.body)],
  })
}, isPassingFault)

async function insertOne({ key, body }: Item): Promise<void> {
  await pool.query({ name: 'single', text: 'insert into bare (key, payload) values ($1, $2) on conflict (key) do nothing', values: [key, body] })
}

const store = process.argv[2] === 'batch' ? batch.add : insertOne
const run = randomUUID().slice(0, 8)
let count = 0
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString()
    JSON.parse(body)
    store({ key: `${run}-${count++}`, body }).then(
      () => response.writeHead(202).end(),
      () => response.writeHead(500).end(),
    )
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
