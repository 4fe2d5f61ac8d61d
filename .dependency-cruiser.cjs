// The layers of docs/architecture.md. With TypeScript 7 only the swc parser reads our files: without it nothing is cruised and
// everything seems fine, so tests/architecture.test.ts plants a violation of each rule and counts the modules.

const tests = '(\\.test\\.tsx?$)|(^src/[^/]+/testing/)'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Modules in a circle cannot be understood or tested apart. Move what both need into a third file, a type too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'web-knows-the-contract-only',
      comment: 'The console speaks to the hub by HTTP and socket: import types and schemas from src/api/contract and nothing else.',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/', pathNot: ['^src/web/', '^src/api/contract/'] },
    },
    {
      name: 'contract-stands-alone',
      comment: 'The contract is read by browsers: it may use zod and oRPC, not the rest of the server.',
      severity: 'error',
      from: { path: '^src/api/contract/', pathNot: tests },
      to: { path: '^src/', pathNot: '^src/api/contract/' },
    },
    {
      name: 'api-knows-the-core-only',
      comment: 'Routes call use cases of src/core. Connectors are reached through the port, and handed over by main.ts.',
      severity: 'error',
      from: { path: '^src/api/', pathNot: tests },
      to: { path: '^src/', pathNot: ['^src/api/', '^src/core/', '^src/config\\.ts$'] },
    },
    {
      name: 'core-knows-nobody',
      comment: 'Core is given what it needs by main.ts: it imports neither the API, the console, a connector nor main.',
      severity: 'error',
      from: { path: '^src/core/', pathNot: tests },
      to: { path: '^src/', pathNot: ['^src/core/', '^src/config\\.ts$'] },
    },
    {
      name: 'connectors-know-the-port-only',
      comment: 'A connector gets everything through src/core/connector and its hub.',
      severity: 'error',
      from: { path: '^src/connectors/[^/]+/', pathNot: tests },
      to: { path: '^src/', pathNot: ['^src/connectors/', '^src/core/connector/'] },
    },
    {
      name: 'connectors-are-islands',
      comment: 'One connector never imports another. What several connectors of one vendor share lives in src/connectors/kits/<vendor>.',
      severity: 'error',
      from: { path: '^src/connectors/(?!kits/)([^/]+)/' },
      to: { path: '^src/connectors/', pathNot: ['^src/connectors/$1/', '^src/connectors/kits/'] },
    },
    {
      name: 'kits-know-no-connector',
      comment: 'A kit is shared by connectors and knows none of them.',
      severity: 'error',
      from: { path: '^src/connectors/kits/([^/]+)/' },
      to: { path: '^src/connectors/', pathNot: '^src/connectors/kits/$1/' },
    },
    {
      name: 'a-connector-is-one-file-from-outside',
      comment: 'From outside only connector.ts of a connector is imported: its folder can then be deleted with one line of the registry.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/connectors/[^/]+/' },
      to: { path: '^src/connectors/[^/]+/', pathNot: '^src/connectors/[^/]+/connector\\.ts$' },
    },
    {
      name: 'program-knows-no-test',
      comment: 'What runs in production does not import tests.',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { path: ['^tests/', '\\.test\\.tsx?$'] },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^src/core/database/generated'] },
    exclude: { path: '^src/core/database/generated' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
}
