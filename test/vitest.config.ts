import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import vue from '@vitejs/plugin-vue'

const root = fileURLToPath(new URL('..', import.meta.url))

export default defineConfig({
  root,
  plugins: [vue()],
  test: {
    pool: 'forks',
    // the processes that tests start (jobs, hosts, command lines) load the same sources over and over
    env: { NODE_COMPILE_CACHE: `${root}node_modules/.cache/compile` },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/{core,db,electron}/**/*.test.ts', 'test/*.test.ts'],
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
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
