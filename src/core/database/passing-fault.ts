/** SQLSTATE classes that say nothing about the data: connection, serialisation and deadlock, resources, operator intervention, system. */
const passingClasses = new Set(['08', '40', '53', '55', '57', '58'])
const passingCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOSPC',
  'EMFILE',
  'ENFILE',
  'EIO',
  'EBUSY',
  'EDQUOT',
])
const passingWords = /connection terminated|timeout exceeded|client has encountered a connection error|server closed the connection/i

/** True for faults that pass by themselves (PostgreSQL, Appendix A; errno): the work is tried again, never given up. */
export function isPassingFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return passingCodes.has(code) || (code.length === 5 && passingClasses.has(code.slice(0, 2))) || passingWords.test(error.message)
}
