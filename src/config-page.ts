import { environment } from './config-schema.ts'

/** The page `docs/configuration.md`, written from the schema itself. */
export function configurationPage(): string {
  const rows = Object.entries(environment.shape).map(([name, schema]) => {
    const about = schema.meta() ?? {}
    const fallback = typeof about.default === 'string' ? `\`${about.default}\`` : ''
    return `| \`${name}\` | ${fallback} | ${about.description ?? ''}. |`
  })
  return [
    '# Configuration',
    '',
    'Switchboard starts with no configuration at all. What can be set is set in the environment, is read once at start,',
    'and is refused in one line when it makes no sense. An empty value counts as absent.',
    '',
    '| variable | default | what it does |',
    '| --- | --- | --- |',
    ...rows,
    '',
    'This page is written from `src/config-schema.ts`: after a change there run `npx vitest run src/config.test.ts -u`.',
    '',
  ].join('\n')
}
