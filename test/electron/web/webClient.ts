import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { request, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { call } from '#core/rpc/contract'
import { serve } from '#core/rpc/serve'
import { systemClock } from '#electron/systemClock'
import { serveWeb, type WebOptions, type WebServer } from '#electron/web'

export const echoContract = { echo: call(z.unknown(), z.unknown()) } as const

/** A host that echoes. */
const echoHost: WebOptions['host'] = {
  serve: (wire) => serve(echoContract, { echo: (value) => value }, wire, { clock: systemClock }),
}

const PAGE = `<!doctype html><meta charset="utf-8"><title>page</title>
<script src="./page.js"></script><script>window.inline = true</script>`

/** A page folder with a secret file beside it, gone after the test. */
export async function pageFolder(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'duelist-web-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const page = join(folder, 'page')
  await mkdir(join(page, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await mkdir(join(folder, 'page-neighbour'))
  await writeFile(join(folder, 'page-neighbour', 'secret.txt'), 'secret')
  await writeFile(join(page, 'index.html'), PAGE)
  await writeFile(join(page, 'page.js'), 'window.script = true')
  await writeFile(join(page, 'assets', 'style.css'), 'h1 {}')
  for (const [name, text] of Object.entries(files)) await writeFile(join(page, name), text)
  return page
}

export interface OpenServer {
  readonly server: WebServer
  readonly lines: readonly string[]
}

export async function openServer(options: Partial<WebOptions> = {}): Promise<OpenServer> {
  const lines: string[] = []
  const server = await serveWeb({
    host: echoHost,
    rendererDir: options.rendererDir ?? (await pageFolder()),
    log: (line) => lines.push(line),
    ...options,
  })
  onTestFinished(() => server.close())
  return { server, lines }
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A request with exactly these headers and this path, which `fetch` would tidy up. */
export function ask(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const req = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (res) => {
      let body = ''
      res.on('data', (text: Buffer) => (body += text.toString()))
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body }))
    })
    req.on('error', reject)
    req.end()
  })
}

/** Trades the printed address for the session's cookie, as a browser does. */
export async function logIn(server: WebServer): Promise<string> {
  const { pathname, search } = new URL(server.url)
  const answer = await ask(server.port, pathname + search, { 'sec-fetch-site': 'none' })
  return answer.headers['set-cookie']![0]!.split(';')[0]!
}

/** The status of an upgrade, 101 when it succeeds; the socket is closed after the test. */
export function upgrade(
  port: number,
  headers: Readonly<Record<string, string>>,
  path = '/rpc',
): Promise<{ status: number; socket: WebSocket }> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${String(port)}${path}`, { headers })
    onTestFinished(() => socket.terminate())
    socket.on('open', () => resolve({ status: 101, socket }))
    socket.on('unexpected-response', (_, res) => resolve({ status: res.statusCode ?? 0, socket }))
    socket.on('error', () => undefined)
  })
}
