import net from 'node:net'

// No test reaches another host: a connection to anything but this machine fails at once and says so.
const own = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1', 'localhost', '0.0.0.0', '::'])

const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  const host = hostOf(args)
  if (host !== undefined && !own.has(host)) {
    const refusal = Object.assign(new Error(`tests may not connect to ${host}`), { code: 'ECONNREFUSED' })
    process.nextTick(() => this.destroy(refusal))
    return this
  }
  return Reflect.apply(connect, this, args) as net.Socket
} as typeof connect

/** The host of a call of `connect`, whose arguments net.connect() passes as one normalised array. */
function hostOf(args: unknown[]): string | undefined {
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args
  if (typeof first === 'object' && first !== null) {
    return 'host' in first && typeof first.host === 'string' ? first.host : undefined
  }
  return typeof second === 'string' ? second : undefined
}
