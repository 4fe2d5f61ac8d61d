import { shownIdentity } from '../../components/shown-identity.ts'

/** The id of a stranger on the firm's site says nothing to people. */
const visitor = /^[uv]-[\w-]{32,36}$/

/** "Anna <a@b.ru>" in its two parts; a bare address is its own name. */
export function splitAuthor(from: string): { name: string; address: string } {
  const [, name = '', address = ''] = /^\s*"?([^"<>]+?)"?\s*<([^<>]+)>\s*$/.exec(from) ?? []
  if (name) return { name, address: visitor.test(address) ? '' : address }
  return { name: visitor.test(from) ? shownIdentity({ kind: 'visitor', value: from }) : from.replace(/^\s*<|>\s*$/g, ''), address: '' }
}
