import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from './node-binary.mjs'

// The servers and the browser that the tests speak to and that npm does not carry.

const needed = [
  { what: 'jobs and live events on Redis', programs: ['redis-server'], packages: ['redis-server'] },
  { what: 'mail by IMAP and POP3', programs: ['dovecot'], packages: ['dovecot-imapd', 'dovecot-pop3d'] },
  { what: 'the console in a browser', programs: ['chromium', 'chromium-browser', 'google-chrome'], packages: ['chromium'] },
  { what: 'recordings of real speech', programs: ['espeak-ng'], packages: ['espeak-ng'] },
  { what: 'the CDR of Asterisk in MariaDB', programs: ['mariadbd'], packages: ['mariadb-server-core'] },
  { what: 'recordings as PBXs keep them', programs: ['sox'], packages: ['sox', 'libsox-fmt-mp3'] },
  {
    what: 'Asterisk by clients that are not ours',
    files: ['/usr/share/perl5/Telephony/Asterisk/AMI.pm', '/usr/lib/python3/dist-packages/panoramisk/__init__.py'],
    packages: ['libtelephony-asterisk-ami-perl', 'python3-panoramisk'],
  },
]

const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin', '/snap/bin']

function has(program) {
  return folders.some((folder) => folder !== '' && existsSync(join(folder, program)))
}

function missing() {
  return needed.filter(({ programs, files = [] }) => !(programs?.some(has) ?? true) || !files.every((file) => existsSync(file)))
}

/** Installs what is missing where that is allowed, and returns the suites that cannot run. */
export function installSystemPackages() {
  const packages = missing().flatMap((need) => need.packages)
  const prefix = packages.length > 0 ? rootPrefix() : undefined
  if (prefix) {
    say(`Installing ${packages.join(', ')} by apt-get${prefix.length > 0 ? ' with sudo' : ''}: the tests speak to them`)
    const apt = (...args) => run([...prefix, 'apt-get', ...args], { ...process.env, DEBIAN_FRONTEND: 'noninteractive' })
    if (!apt('install', '-y', '--no-install-recommends', ...packages)) {
      apt('update')
      apt('install', '-y', '--no-install-recommends', ...packages)
    }
  }
  return missing().map(({ what, packages }) => `${what} (needs ${packages.join(', ')})`)
}

/** What to put before apt-get; undefined where it is not allowed or this is neither Debian nor Ubuntu. */
function rootPrefix() {
  if (!has('apt-get')) return undefined
  if (process.getuid?.() === 0) return []
  return has('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined
}

/** Whether a Docker engine answers. */
export function hasDocker() {
  return spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0
}

/** The whole of `npm test` in a container, where apt-get is allowed. Returns its exit code. */
export function testInDocker(args) {
  say('Running the tests in a container of Docker, for the servers they need are not installed here')
  const inside = `mkdir /hub && cd /source && tar --exclude=./node_modules --exclude=./data --exclude=./dist -cf - . | tar -xf - -C /hub && cd /hub && npm test -- "$@"`
  const { status } = spawnSync(
    'docker',
    ['run', '--rm', '-e', 'CI', '-v', `${root}:/source:ro`, 'node:24-bookworm', 'sh', '-c', inside, 'sh', ...args],
    { stdio: 'inherit' },
  )
  return status ?? 1
}

function run([program, ...args], env) {
  return spawnSync(program, args, { stdio: 'inherit', env }).status === 0
}

function say(text) {
  process.stdout.write(`${text}…\n`)
}
