import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build, type InlineConfig } from 'vite'
import { projectRoot } from './projectRoot.ts'

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly optionalDependencies: Readonly<Record<string, string>>
}

const from = (path: string) => join(projectRoot, path)

/** Builds what `npm start`, the command line and Electron run, into `dist` of the project. */
export async function buildAll(outDir = from('dist')): Promise<void> {
  // a shell, or a test, may say otherwise; Vue would then be the one for development
  process.env['NODE_ENV'] = 'production'
  const started = new Date()
  const stamp = join(outDir, 'stamp')
  await rm(stamp, { force: true })
  await Promise.all([
    build(await mainBuild(join(outDir, 'main'))),
    build(preloadBuild(join(outDir, 'preload'))),
    build({ ...pageConfig, build: { ...pageConfig.build, outDir: join(outDir, 'renderer') } }),
  ])
  // as old as the build's start, so that a source saved meanwhile counts as newer
  await mkdir(outDir, { recursive: true })
  await writeFile(stamp, '')
  await utimes(stamp, started, started)
}

/** The entries that Node or Electron's main process run: every package stays outside the bundle. */
export async function mainBuild(outDir: string): Promise<InlineConfig> {
  const manifest = JSON.parse(await readFile(from('package.json'), 'utf8')) as Manifest
  const packages = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })
  const entries = {
    main: from('electron/main.ts'),
    start: from('electron/start.ts'),
    cli: from('electron/cli.ts'),
    job: from('electron/worker/job.ts'),
  }
  return nodeBuild(outDir, entries, 'es', [
    /^node:/,
    ...builtinModules,
    ...packages.map((name) => new RegExp(`^${name}(/|$)`)),
  ])
}

/** A sandboxed preload has no module loader: one CommonJS file that requires `electron` alone. */
export function preloadBuild(outDir: string): InlineConfig {
  return nodeBuild(outDir, { preload: from('electron/preload.ts') }, 'cjs', ['electron'])
}

/** The page. */
export const pageConfig: InlineConfig = {
  configFile: false,
  root: from('renderer'),
  base: './',
  logLevel: 'warn',
  plugins: [vue()],
  build: { emptyOutDir: true, sourcemap: true, chunkSizeWarningLimit: 2000 },
}

function nodeBuild(
  outDir: string,
  input: Record<string, string>,
  format: 'es' | 'cjs',
  external: (string | RegExp)[],
): InlineConfig {
  const extension = format === 'es' ? 'js' : 'cjs'
  return {
    configFile: false,
    root: projectRoot,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node22',
      outDir,
      emptyOutDir: true,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input,
        external,
        // flat, because `projectRoot` and the job entry are found from wherever a chunk lies
        output: {
          format,
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `[name]-[hash].${extension}`,
        },
      },
    },
  }
}

if (process.argv[1] === import.meta.filename) {
  const started = performance.now()
  await buildAll()
  console.log(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
}
