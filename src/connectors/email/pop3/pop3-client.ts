import net from 'node:net'
import tls from 'node:tls'
import type { Server } from '../servers/presets.ts'
import { LineReader } from './line-reader.ts'

/** A refusal of the server (`-ERR …`). */
export class Pop3Refusal extends Error {
  readonly response: string

  constructor(response: string) {
    super(response)
    this.name = 'Pop3Refusal'
    this.response = response
  }
}

export interface Pop3Options extends Server {
  acceptAnyCertificate: boolean
  /** How long the server may be silent, in ms. */
  timeoutMs: number
}

interface Pending {
  isMultiline: boolean
  status?: string
  lines: Buffer[]
  bytes: number
  maxBytes: number
  resolve(reply: Pop3Reply): void
  reject(error: Error): void
}

export interface Pop3Reply {
  status: string
  /** Lines of a multi-line answer, un-stuffed. */
  lines: Buffer[]
}

/**
 * A POP3 client (RFC 1939) for one connection: one command at a time, a deadline on silence, everything rejected when the line ends. Written because
 * the known package loses 8-bit text, hangs on split terminators and crashes on unasked answers.
 */
export class Pop3Client {
  #socket: net.Socket
  #reader = new LineReader()
  #pending: Pending | undefined
  #ended: Error | undefined
  readonly #options: Pop3Options

  private constructor(socket: net.Socket, options: Pop3Options) {
    this.#socket = socket
    this.#options = options
    this.#attach(socket)
  }

  /** Connects and waits for the greeting; upgrades by STLS when asked to. Rejects with the socket's error or a Pop3Refusal. */
  static async connect(options: Pop3Options): Promise<Pop3Client> {
    const socket = options.security === 'tls' ? tls.connect(tlsOptions(options)) : net.connect({ host: options.host, port: options.port })
    const client = new Pop3Client(socket, options)
    try {
      await client.#expect(false)
      if (options.security === 'starttls') await client.#upgrade()
      return client
    } catch (error) {
      client.close()
      throw error
    }
  }

  /** Sends a command and gives the status text behind `+OK`. Rejects with Pop3Refusal on `-ERR`. */
  async command(text: string): Promise<string> {
    return (await this.#run(text, false, 65_536)).status
  }

  /** A command with a multi-line answer of at most `maxBytes`. */
  async list(text: string, maxBytes = 64 * 1024 * 1024): Promise<Buffer[]> {
    return (await this.#run(text, true, maxBytes)).lines
  }

  /** Ends the connection at once; whatever waits is rejected. */
  close(): void {
    this.#end(new Error('connection closed'))
    this.#socket.destroy()
  }

  /** Continues a SASL exchange: sends a line and waits for the next answer. */
  async exchange(text: string): Promise<string> {
    return this.command(text)
  }

  #run(text: string, isMultiline: boolean, maxBytes: number): Promise<Pop3Reply> {
    if (/[\r\n]/.test(text)) return Promise.reject(new Error('A command cannot hold line breaks.'))
    const reply = this.#expect(isMultiline, maxBytes)
    if (this.#ended === undefined) this.#socket.write(`${text}\r\n`)
    return reply
  }

  #expect(isMultiline: boolean, maxBytes = 65_536): Promise<Pop3Reply> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended)
    if (this.#pending !== undefined) return Promise.reject(new Error('Another command is running.'))
    return new Promise((resolve, reject) => {
      this.#pending = { isMultiline, lines: [], bytes: 0, maxBytes, resolve, reject }
    })
  }

  async #upgrade(): Promise<void> {
    await this.command('STLS')
    const plain = this.#socket
    plain.removeAllListeners()
    this.#reader = new LineReader()
    const secured = tls.connect({ ...tlsOptions(this.#options), socket: plain })
    this.#socket = secured
    this.#attach(secured)
    await new Promise<void>((resolve, reject) => {
      secured.once('secureConnect', resolve)
      secured.once('error', reject)
      secured.once('close', () => reject(new Error('connection closed')))
    })
  }

  #attach(socket: net.Socket): void {
    socket.setTimeout(this.#options.timeoutMs, () => socket.destroy(new Error('The server is silent.')))
    socket.on('data', (chunk: Buffer) => this.#onData(chunk))
    socket.on('error', (error) => this.#end(error))
    socket.on('close', () => this.#end(new Error('connection closed')))
  }

  #onData(chunk: Buffer): void {
    try {
      for (const line of this.#reader.push(chunk)) this.#onLine(line)
    } catch (error) {
      this.#socket.destroy(error instanceof Error ? error : new Error('unreadable answer'))
    }
  }

  #onLine(line: Buffer): void {
    const pending = this.#pending
    if (pending === undefined) {
      // an unasked answer, such as an idle time-out: the close that follows ends everything
      if (line.subarray(0, 4).toString('latin1') === '-ERR') this.#end(new Pop3Refusal(line.toString('utf8')))
      return
    }
    if (pending.status === undefined) this.#onStatus(pending, line.toString('utf8'))
    else if (line.length === 1 && line[0] === 0x2e) this.#settle(pending)
    else this.#keep(pending, line[0] === 0x2e ? line.subarray(1) : line)
  }

  #onStatus(pending: Pending, line: string): void {
    if (/^\+(?:OK\b|\s|$)/i.test(line)) {
      pending.status = line.replace(/^\+(?:OK)?\s*/i, '')
      if (!pending.isMultiline) this.#settle(pending)
      return
    }
    this.#pending = undefined
    pending.reject(new Pop3Refusal(line))
  }

  #keep(pending: Pending, line: Buffer): void {
    pending.bytes += line.length + 2
    if (pending.bytes > pending.maxBytes) throw new Error('The answer is too large.')
    pending.lines.push(line)
  }

  #settle(pending: Pending): void {
    this.#pending = undefined
    pending.resolve({ status: pending.status ?? '', lines: pending.lines })
  }

  #end(error: Error): void {
    this.#ended ??= error
    const pending = this.#pending
    this.#pending = undefined
    pending?.reject(this.#ended)
  }
}

function tlsOptions(options: Pop3Options): tls.ConnectionOptions {
  const servername = net.isIP(options.host) ? undefined : options.host
  return {
    host: options.host,
    port: options.port,
    rejectUnauthorized: !options.acceptAnyCertificate,
    ...(servername !== undefined && { servername }),
  }
}
