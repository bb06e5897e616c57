import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { createServer } from 'vite'
import { browserMode } from './browserMode.ts'
import { pageConfig } from './build.ts'
import { portNumber } from './start.ts'

// npm run dev: Vite serves the page and replaces its modules; the host beside it is plain Node, run
// from source and started anew at each change. `--port N` is the page's, the host takes the next.
const { values, positionals } = parseArgs({
  options: { port: { type: 'string', default: '4811' } },
  allowPositionals: true,
})
const pagePort = portNumber(values.port)
const hostPort = pagePort + 1

if (positionals[0] === 'host') {
  process.exitCode = await browserMode({ port: hostPort, open: false, log: console.log })
} else {
  await serveDevelopment()
}

async function serveDevelopment(): Promise<void> {
  let cookie = ''
  const host = spawn(
    process.execPath,
    ['--watch', '--enable-source-maps', import.meta.filename, 'host', `--port=${values.port}`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  host.stdout.on('data', (text: Buffer) => {
    const address = /http:\S+\/auth\?t=\S+/.exec(text.toString())?.[0]
    // each start of the host makes a new session, which this server holds in place of the browser
    if (address !== undefined) void logIn(address).then((session) => (cookie = session))
  })

  const vite = await createServer({
    ...pageConfig,
    logLevel: 'info',
    server: {
      host: '127.0.0.1',
      port: pagePort,
      strictPort: true,
      proxy: {
        // a plain '/rpc' would be a prefix and take every module whose name begins so
        '^/rpc(\\?|$)': {
          target: `http://127.0.0.1:${String(hostPort)}`,
          ws: true,
          changeOrigin: true,
          rewriteWsOrigin: true,
          configure: (proxy) =>
            proxy.on('proxyReqWs', (request) => request.setHeader('cookie', cookie)),
        },
      },
    },
  })
  await vite.listen()
  vite.printUrls()

  // what `node --watch` started outlives npm unless it is told
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      host.kill()
      void vite.close().then(() => process.exit(0))
    })
  }
}

async function logIn(address: string): Promise<string> {
  const answer = await fetch(address, { redirect: 'manual' })
  return answer.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
}
