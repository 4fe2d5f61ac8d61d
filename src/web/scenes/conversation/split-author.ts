/** "Anna <a@b.ru>" in its two parts; a bare address is its own name. */
export function splitAuthor(from: string): { name: string; address: string } {
  const [, name = '', address = ''] = /^\s*"?([^"<>]+?)"?\s*<([^<>]+)>\s*$/.exec(from) ?? []
  return name ? { name, address } : { name: from.replace(/^\s*<|>\s*$/g, ''), address: '' }
}
