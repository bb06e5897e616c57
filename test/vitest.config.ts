import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import vue from '@vitejs/plugin-vue'

const root = fileURLToPath(new URL('..', import.meta.url))

/** All of core but what replaces kernels of tfjs and takes its internals away. */
const science = ['test/core/!(compute)/**/*.test.ts', 'test/core/*.test.ts']

export default defineConfig({
  root,
  plugins: [vue()],
  test: {
    pool: 'forks',
    // as many as there are cores: by default one of them would only wait for the other
    maxWorkers: '100%',
    // the processes that tests start (jobs, hosts, command lines) load the same sources over and over
    env: { NODE_COMPILE_CACHE: `${root}node_modules/.cache/compile` },
    projects: [
      {
        extends: true,
        test: {
          name: 'core',
          include: science,
          environment: 'node',
          // pure functions: one process serves many files, so that what they share is loaded and compiled once
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/{core,db,electron}/**/*.test.ts', 'test/*.test.ts'],
          exclude: science,
          environment: 'node',
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'dom', include: ['test/renderer/**/*.test.ts'], environment: 'happy-dom' },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/electron-standin/**/*.test.ts'],
          environment: 'node',
          // before any file, as two that start together must not build at the same time
          globalSetup: 'test/support/prepareBuild.ts',
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
