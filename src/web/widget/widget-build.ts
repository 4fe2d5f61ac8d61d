import { resolve } from 'node:path'
import type { InlineConfig } from 'vite'

/** How `widget.js` is made: one script, nothing beside it. */
export function widgetBuild(outDir: string): InlineConfig {
  const entry = resolve(import.meta.dirname, 'main.ts')
  return {
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2022',
      lib: { entry, formats: ['iife'], name: 'SwitchboardWidget', fileName: () => 'widget.js' },
    },
  }
}
