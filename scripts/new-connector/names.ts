/** `acme-chat` → `acmeChat`, the name of the exported value. */
export function valueName(id: string): string {
  return id.replaceAll(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase())
}

/** `acme-chat` → `Acme chat`, a first title. */
export function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
