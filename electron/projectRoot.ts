import { resolve } from 'node:path'

/**
 * The folder of package.json: one up from the sources in electron/, two up from dist/main, where the
 * build lays every entry and chunk flat.
 */
export const projectRoot = resolve(
  import.meta.dirname,
  import.meta.url.endsWith('.ts') ? '..' : '../..',
)
