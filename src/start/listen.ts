import { readFile } from 'node:fs/promises'
import type { Server } from 'node:net'
import { createSecureContext } from 'node:tls'
import type { Config } from '../config.ts'
import { StartFailure } from '../core/start-failure.ts'

/**
 * Opens a port and returns its number, which differs from the wanted one for 0.
 * @throws StartFailure `port_taken`, `address_unusable`.
 */
export async function listen(server: Server, port: number, host: string, variable: 'PORT' | 'SMTP_IN_PORT' = 'PORT'): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port, host, variable)))
    server.listen(port, host, resolve)
  })
  server.removeAllListeners('error')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

function explain(error: NodeJS.ErrnoException, port: number, host: string, variable: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartFailure('port_taken', `Port ${port} on ${host} is taken: stop what uses it, or set ${variable} to another.`, { cause: error })
  }
  if (error.code === 'EACCES') {
    return new StartFailure('address_unusable', `Port ${port} may not be opened by this user: set ${variable} to one above 1023.`, { cause: error })
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') {
    return new StartFailure('address_unusable', `This machine has no address ${host}: correct HOST.`, { cause: error })
  }
  return error
}

/**
 * Certificate and key as PEM.
 * @throws StartFailure `certificate_unusable` when a file cannot be read or the two do not belong together.
 */
export async function readCertificate(tls: NonNullable<Config['tls']>): Promise<{ cert: string; key: string }> {
  try {
    const [cert, key] = await Promise.all([readFile(tls.cert, 'utf8'), readFile(tls.key, 'utf8')])
    createSecureContext({ cert, key })
    return { cert, key }
  } catch (error) {
    throw new StartFailure('certificate_unusable', `TLS_CERT and TLS_KEY cannot be used: ${(error as Error).message}.`, { cause: error })
  }
}
