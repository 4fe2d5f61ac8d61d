import { execFile } from 'node:child_process'
import { chown, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { StartFailure } from '../start-failure.ts'

const run = promisify(execFile)

interface Owner {
  uid: number
  gid: number
}

/** How a program of PostgreSQL is started: it refuses to run as root. */
export interface Account {
  /** The command line that runs `program` under this account. */
  command(program: string, args: string[]): [program: string, args: string[]]
  options: Partial<Owner>
  /** Who owns what the database writes, when it is another than this process. */
  owner: Owner | undefined
}

const ownAccount: Account = { command: (program, args) => [program, args], options: {}, owner: undefined }

/** Root outside, an ordinary user inside: the files belong to root, and every folder that root owns can be reached. */
const namespaceAccount: Account = {
  ...ownAccount,
  command: (program, args) => ['unshare', ['--user', '--map-user=1000', '--map-group=1000', program, ...args]],
}

function accountOf(owner: Owner): Account {
  return { ...ownAccount, options: owner, owner }
}

/**
 * Chooses the account for the data folder. Started as root in a folder or home of somebody else, the database runs as that person,
 * who can then start it himself the next day.
 * @throws StartFailure `embedded_unavailable` for root where user namespaces are forbidden or nobody can reach both program and folder.
 */
export async function chooseAccount(dataDir: string, program: string, uid = process.getuid?.()): Promise<Account> {
  if (uid !== 0) return ownAccount
  const owner = await ownerOf(dataDir)
  if (owner.uid !== 0) return accountOf(owner)
  if (await canReach(namespaceAccount, dataDir, program)) return namespaceAccount
  for (const other of await ownersAbove(dataDir)) {
    if (!(await canReach(accountOf(other), dirname(dataDir), program))) continue
    await chown(dataDir, other.uid, other.gid)
    return accountOf(other)
  }
  throw new StartFailure('embedded_unavailable', await whyNot(dataDir))
}

async function whyNot(dataDir: string): Promise<string> {
  const [program, args] = namespaceAccount.command('true', [])
  const allowed = await succeeds(program, args, {})
  return allowed
    ? `PostgreSQL does not run as root, and without its rights ${dataDir} cannot be reached: start the hub as the owner of that folder, or set DATABASE_URL.`
    : 'PostgreSQL does not run as root, and this system forbids the user namespace that would help: start the hub as an ordinary user, or set DATABASE_URL.'
}

function canReach(account: Account, folder: string, postgres: string): Promise<boolean> {
  const [program, args] = account.command('sh', ['-c', 'test -x "$0" && test -x "$1"', folder, postgres])
  return succeeds(program, args, account.options)
}

function succeeds(program: string, args: string[], options: Partial<Owner>): Promise<boolean> {
  return run(program, args, { ...options, cwd: '/' }).then(
    () => true,
    () => false,
  )
}

/** The ordinary users who own a folder above, nearest first. */
async function ownersAbove(folder: string): Promise<Owner[]> {
  const owners: Owner[] = []
  for (let at = dirname(folder); at !== dirname(at); at = dirname(at)) {
    const owner = await ownerOf(at)
    if (owner.uid !== 0) owners.push(owner)
  }
  return owners
}

async function ownerOf(path: string): Promise<Owner> {
  const { uid, gid } = await stat(path)
  return { uid, gid }
}
