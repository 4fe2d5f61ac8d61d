import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import net from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { freePort } from './hub-process.ts'

const binary = '/usr/sbin/dovecot'

/** True when Dovecot is installed. With `CI` set a missing one is an error, so that nothing is skipped unseen. */
export function hasDovecot(): boolean {
  if (existsSync(binary)) return true
  if (process.env.CI) throw new Error('Dovecot is missing: install dovecot-imapd and dovecot-pop3d.')
  return false
}

export interface Dovecot {
  imapPort: number
  pop3Port: number
  password: string
  /** Puts a letter into a folder as a mail server would, with its time of arrival. */
  addLetter(user: string, raw: Uint8Array | string, options?: { folder?: string; arrivedAt?: Date }): void
  /** Names of the files of a folder; the part behind `:2,` are the flags. */
  files(user: string, folder?: string): string[]
  /** Content of every letter of a folder. */
  letters(user: string, folder?: string): string[]
  /** Makes the server forget its UIDs: the next opening of the folder has a new UIDVALIDITY. */
  forgetUids(user: string, folder?: string): void
  /** Ends all connections, as a restart of the server does. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/**
 * A real Dovecot on two free ports of 127.0.0.1, any user, one password, Maildir in a folder of its own. With `introspectionUrl` it also takes
 * the bearer tokens that this address knows (RFC 7662).
 */
export async function startDovecot(options: { introspectionUrl?: string } = {}): Promise<Dovecot> {
  const base = mkdtempSync(path.join(tmpdir(), 'dovecot-'))
  chmodSync(base, 0o755)
  const [imapPort, pop3Port] = [await freePort(), await freePort()]
  const password = 'right-password'
  const owner = mailOwner()
  mkdirSync(path.join(base, 'mail'))
  own(path.join(base, 'mail'), owner)
  const { introspectionUrl } = options
  if (introspectionUrl !== undefined) writeFileSync(path.join(base, 'oauth2.conf'), introspection(introspectionUrl))
  const takesTokens = introspectionUrl !== undefined
  writeFileSync(path.join(base, 'dovecot.conf'), configuration(base, { imapPort, pop3Port, password, owner, takesTokens }))
  let server = await launch(base, imapPort)
  let counter = 0
  const place = (user: string, folder = 'INBOX') => path.join(base, 'mail', user, 'Maildir', folder === 'INBOX' ? '' : `.${folder}`)

  return {
    imapPort,
    pop3Port,
    password,
    addLetter(user, raw, { folder = 'INBOX', arrivedAt = new Date() } = {}) {
      const directory = place(user, folder)
      for (const part of ['', 'tmp', 'new', 'cur']) makeOwned(path.join(directory, part), path.join(base, 'mail'), owner)
      counter += 1
      const seconds = Math.floor(arrivedAt.getTime() / 1000)
      const name = `${seconds}.M${String(counter).padStart(9, '0')}P${process.pid}.test`
      const unfinished = path.join(directory, 'tmp', name)
      writeFileSync(unfinished, raw)
      own(unfinished, owner)
      utimesSync(unfinished, arrivedAt, arrivedAt)
      // It appears whole, and as its reader's.
      renameSync(unfinished, path.join(directory, 'new', name))
    },
    files: (user, folder) => listFiles(place(user, folder)).map((file) => path.basename(file)),
    letters: (user, folder) => listFiles(place(user, folder)).map((file) => readFileSync(file, 'latin1')),
    forgetUids(user, folder) {
      for (const name of readdirSync(place(user, folder))) if (/^dovecot[.-]/.test(name)) rmSync(path.join(place(user, folder), name))
    },
    async restart() {
      await end(server)
      server = await launchAgain(base, imapPort)
    },
    async stop() {
      await end(server)
      rmSync(base, { recursive: true, force: true })
    },
  }
}

interface Owner {
  name: string
  group: string
  uid: number
  gid: number
}

/** Dovecot gives no mail to root, so root lends it to `nobody`. */
function mailOwner(): Owner {
  const { uid, gid, username } = userInfo()
  return uid === 0 ? { name: 'nobody', group: 'nogroup', uid: 65_534, gid: 65_534 } : { name: username, group: String(gid), uid, gid }
}

function own(file: string, owner: Owner): void {
  if (process.getuid?.() === 0) chownSync(file, owner.uid, owner.gid)
}

function makeOwned(directory: string, base: string, owner: Owner): void {
  if (existsSync(directory) || directory === base) return
  makeOwned(path.dirname(directory), base, owner)
  mkdirSync(directory)
  own(directory, owner)
}

function listFiles(directory: string): string[] {
  return ['new', 'cur'].flatMap((part) => {
    const folder = path.join(directory, part)
    return existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : []
  })
}

function configuration(base: string, options: { imapPort: number; pop3Port: number; password: string; owner: Owner; takesTokens: boolean }): string {
  const { owner } = options
  const isRoot = process.getuid?.() === 0
  return `
base_dir = ${base}/run
log_path = ${base}/log
protocols = imap pop3
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0 secs
mail_location = maildir:~/Maildir
mail_max_userip_connections = 50
first_valid_uid = 1
first_valid_gid = 1
${isRoot ? '' : `default_internal_user = ${owner.name}\ndefault_login_user = ${owner.name}\ndefault_internal_group = ${owner.group}`}
${options.takesTokens ? bearerSignIn(base) : ''}
passdb {
  driver = static
  args = password=${options.password}
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${base}/mail/%u
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    special_use = \\Sent
    auto = create
  }
  mailbox Junk {
    special_use = \\Junk
    auto = create
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${options.imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service pop3-login {
  chroot =
  inet_listener pop3 {
    port = ${options.pop3Port}
  }
  inet_listener pop3s {
    port = 0
  }
}
service anvil {
  chroot =
}
`
}

function bearerSignIn(base: string): string {
  return `
auth_mechanisms = plain login xoauth2 oauthbearer
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${base}/oauth2.conf
}`
}

function introspection(url: string): string {
  return `
introspection_mode = post
introspection_url = ${url}
username_attribute = username
active_attribute = active
active_value = true
`
}

async function launch(base: string, port: number): Promise<ChildProcess> {
  const server = spawn(binary, ['-F', '-c', path.join(base, 'dovecot.conf')], { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  let complaint = ''
  server.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  for (let attempt = 0; attempt < 2_400; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`Dovecot did not start: ${complaint}`)
    if (await answers(port)) return server
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  server.kill('SIGKILL')
  throw new Error(`Dovecot does not answer: ${complaint}`)
}

/** What is left of its sessions may hold the port for a moment. */
async function launchAgain(base: string, port: number): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch(base, port)
    } catch (error) {
      if (attempt === 20) throw error
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.once('data', () => resolve(socket.destroy() !== undefined))
    socket.once('error', () => resolve(false))
  })
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const exited = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await exited
  try {
    // its sessions may outlive it; they are in its process group
    if (server.pid !== undefined) process.kill(-server.pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
