import { valueName } from './names.ts'

/** Adds a connector's import and its name to the registry, or to the list of contract cases; both keep their order by id. */
export function addLine(text: string, id: string): string {
  const value = valueName(id)
  const isRegistry = text.includes('/connector.ts')
  const line = `import { ${value} } from './${isRegistry ? `${id}/connector` : id}.ts'`
  const imports = text.split('\n').filter((one) => /^import \{ \w+ \} from '\.\/[a-z]/.test(one))
  const last = imports.at(-1)
  if (last === undefined) throw new Error('no import to stand beside')
  const key = isRegistry ? value : id === value ? value : `'${id}': ${value}`
  return text
    .replace(last, `${last}\n${line}`)
    .replace(/(= [[{][^\]}]*?)(\s*[\]}])\s*$/, (_all, names: string, end: string) => `${names.replace(/,$/, '')}, ${key}${end}\n`)
}
