import { resolve } from 'node:path'
import { minifyContractRouter } from '@orpc/contract'
import react from '@vitejs/plugin-react'
import { build, defineConfig, type Plugin } from 'vite'
import { contract } from '../api/contract/contract.ts'
import { widgetBuild } from './widget/widget-build.ts'

/** `virtual:operations`: methods and paths of the contract. Schemas and zod stay on the server, which checks what it is sent. */
function operations(): Plugin {
  const resolved = '\0virtual:operations'
  return {
    name: 'operations',
    resolveId: (id) => (id === 'virtual:operations' ? resolved : undefined),
    load: (id) => (id === resolved ? `export const operations = ${JSON.stringify(minifyContractRouter(contract))}` : undefined),
  }
}

/** The chat for pages of other sites: one script of its own, beside the console, with nothing of it. */
function widget(): Plugin {
  let outDir = ''
  return {
    name: 'widget',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    async closeBundle() {
      await build(widgetBuild(outDir))
    },
  }
}

export default defineConfig(({ command }) => {
  // Whoever builds, a test run too: what is built is for use.
  if (command === 'build') process.env.NODE_ENV = 'production'
  return {
    root: import.meta.dirname,
    plugins: [react(), operations(), widget()],
    build: { outDir: resolve(import.meta.dirname, '../../dist/web'), emptyOutDir: true, target: 'es2023' },
    server: { proxy: { '/api': 'http://127.0.0.1:3000', '/socket.io': { target: 'ws://127.0.0.1:3000', ws: true } } },
  }
})
