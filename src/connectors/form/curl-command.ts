import type { RawDelivery } from '../../core/connector/delivery.ts'

/** What a pasted curl command says, and where in the text its address stands. */
export interface CurlCommand {
  request: RawDelivery
  url: string
}

const dataOptions = new Set(['-d', '--data', '--data-ascii', '--data-raw', '--data-binary', '--json', '--data-urlencode'])
const silent = new Set([
  '-X',
  '--request',
  '-H',
  '--header',
  '-F',
  '--form',
  '--form-string',
  '--url',
  '-A',
  '--user-agent',
  '-e',
  '--referer',
  ...dataOptions,
])
/** Options of curl that take a word and say nothing of the body. */
const passedOver = new Set([
  '-u',
  '--user',
  '-o',
  '--output',
  '-b',
  '--cookie',
  '-m',
  '--max-time',
  '--connect-timeout',
  '--retry',
  '-w',
  '--write-out',
])
const boundary = 'switchboard-example'

/** Reads a command of curl (https://curl.se/docs/manpage.html) as browsers, builders and manuals print it; undefined when it is none. */
export function readCurl(text: string): CurlCommand | undefined {
  const [program, ...words] = splitWords(text)
  if (program !== 'curl') return undefined
  const options = readOptions(words)
  const url = options.get('--url')?.[0] ?? options.get('')?.find((word) => /^https?:\/\//i.test(word) || /^[\w-]+(\.[\w-]+)+(\/|$)/.test(word))
  if (url === undefined) return undefined
  const headers = Object.fromEntries((options.get('-H') ?? []).map(splitHeader))
  const { body, type } = bodyOf(options)
  if (type !== undefined) headers['content-type'] ??= type
  const method = options.get('-X')?.[0]?.toUpperCase() ?? (body.length > 0 ? 'POST' : 'GET')
  const query = /\?([^#]*)/.exec(url)?.[1] ?? ''
  return { url, request: { method, path: '', query, headers, body } }
}

const long: Record<string, string> = {
  '--request': '-X',
  '--header': '-H',
  '--form': '-F',
  '--form-string': '-F',
  '--data': '-d',
  '--data-raw': '-d',
  '--data-ascii': '-d',
  '--data-binary': '-d',
}

/** Under the short name of each option its words; under '' what is no option. */
function readOptions(words: string[]): Map<string, string[]> {
  const options = new Map<string, string[]>()
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const [, glued, rest] = /^(-[XHdF])(.+)$/s.exec(word) ?? []
    const [, named, value] = /^(--[a-z-]+)=(.*)$/s.exec(word) ?? []
    const option = glued ?? named ?? word
    if (!silent.has(option) && !passedOver.has(option)) {
      if (!word.startsWith('-')) options.set('', [...(options.get('') ?? []), word])
      continue
    }
    const given = rest ?? value ?? words[++at] ?? ''
    const key = long[option] ?? option
    options.set(key, [...(options.get(key) ?? []), given])
  }
  return options
}

function bodyOf(options: Map<string, string[]>): { body: Uint8Array; type?: string } {
  const json = options.get('--json')
  if (json) return { body: Buffer.from(json.join('')), type: 'application/json' }
  const form = options.get('-F')
  if (form) return { body: Buffer.from(multipart(form)), type: `multipart/form-data; boundary=${boundary}` }
  const pairs = [...(options.get('-d') ?? []), ...(options.get('--data-urlencode') ?? []).map(encodePair)]
  return pairs.length === 0 ? { body: new Uint8Array() } : { body: Buffer.from(pairs.join('&')), type: 'application/x-www-form-urlencoded' }
}

function encodePair(pair: string): string {
  const at = pair.indexOf('=')
  return at < 1 ? encodeURIComponent(pair.slice(at + 1)) : `${pair.slice(0, at)}=${encodeURIComponent(pair.slice(at + 1))}`
}

/** A file is told by its name alone: there is nothing to read it from. */
function multipart(fields: string[]): string {
  const parts = fields.map((field) => {
    const at = field.indexOf('=')
    const [name, value] = [field.slice(0, at).replaceAll('"', ''), field.slice(at + 1)]
    const file = value.startsWith('@') ? `; filename="${value.slice(1).split(';')[0]?.split('/').at(-1)?.replaceAll('"', '')}"` : ''
    return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${file === '' ? value : ''}\r\n`
  })
  return `${parts.join('')}--${boundary}--\r\n`
}

function splitHeader(header: string): [string, string] {
  const at = header.indexOf(':')
  return [
    header
      .slice(0, at < 0 ? undefined : at)
      .trim()
      .toLowerCase(),
    at < 0 ? '' : header.slice(at + 1).trim(),
  ]
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', "'": "'", '"': '"', '\\': '\\' }

/** Words as a POSIX shell splits them, with bash's $'…' (browsers print it), line ends behind `\` (or `^` of Windows) passed over. */
export function splitWords(text: string): string[] {
  const words: string[] = []
  const piece = /\s+|\\\r?\n|\^\r?\n|\$'((?:[^'\\]|\\.)*)'|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\$^]+|[$^])/gsu
  let word: string | undefined
  for (const [whole, ansi, single, double, escaped, plain] of text.trim().matchAll(piece)) {
    const part = single ?? plain ?? escaped ?? double?.replace(/\\([$`"\\])/g, '$1') ?? ansi?.replace(/\\u([\da-f]{4})|\\(.)/gi, fromAnsi)
    if (part !== undefined) word = (word ?? '') + part
    else if (/^\s/.test(whole) && word !== undefined) {
      words.push(word)
      word = undefined
    }
  }
  return word === undefined ? words : [...words, word]
}

function fromAnsi(_whole: string, unit: string | undefined, letter: string | undefined): string {
  return unit === undefined ? (escapes[letter ?? ''] ?? letter ?? '') : String.fromCharCode(Number.parseInt(unit, 16))
}
