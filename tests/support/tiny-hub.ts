import { createServer } from 'node:http'
import { readConfig } from '../../src/config.ts'
import { listen } from '../../src/start/listen.ts'
import { openDatabase } from '../../src/start/open-database.ts'
import { runHub } from '../../src/start/run-hub.ts'
import { loadSecretKey } from '../../src/start/secret-key.ts'

// Only what opens and closes: the start without the rest of the program.

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

await runHub(quiet, async (shutdown) => {
  const config = readConfig(process.env)
  const database = await openDatabase(config, quiet)
  shutdown.onClose('the database', database.close)
  await loadSecretKey(config, database.databaseUrl)
  const server = createServer((_request, response) => response.end('ready'))
  await listen(server, config.port, config.host)
  shutdown.onClose('the server', async () => void server.close())
})
