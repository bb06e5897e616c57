import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Host } from './host.ts'
import { openPage } from './openPage.ts'
import { securityHeaders } from './securityHeaders.ts'
import { staticFile } from './staticFile.ts'
import { webAccess, type WebAccess } from './webAccess.ts'
import { hostSocketWire } from './wire/socket.ts'

export interface WebOptions {
  readonly host: Pick<Host, 'serve'>
  /** Absolute; holds index.html. */
  readonly rendererDir: string
  /** A free one when left out. */
  readonly port?: number
  /** Opens the address in the user's browser. */
  readonly open?: boolean
  /** Called with the one line that holds the address. */
  readonly log: (line: string) => void
  /** Ends the server when no page has been connected for so long; never when left out. */
  readonly idleMs?: number
}

export interface WebServer {
  /** With the one-time token; good for one browser. */
  readonly url: string
  readonly port: number
  /** Settles when the server has ended, by `close` or by idling. */
  readonly closed: Promise<void>
  close(): Promise<void>
}

/** What a page sends is specs and clicks; files go the other way, where there is no such limit. */
const MAX_PAYLOAD = 1 << 20

/**
 * The browser mode: the page and the host behind it, for one browser on this machine.
 *
 * It listens on 127.0.0.1 alone. The printed address holds a one-time token, which is traded for a
 * cookie; from then on every request needs the cookie, the right Host and no foreign site behind it,
 * and the socket an exact Origin as well.
 * @throws Error when the port is taken
 */
export async function serveWeb(options: WebOptions): Promise<WebServer> {
  const http = createServer()
  const port = await listen(http, options.port ?? 0)
  const access = webAccess(port)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD })
  const closed = Promise.all([once(http, 'close'), once(sockets, 'close')]).then(() => undefined)

  const close = () => {
    for (const socket of sockets.clients) socket.terminate()
    sockets.close()
    http.close()
    http.closeAllConnections()
    return closed
  }
  const idle = idleTimer(options.idleMs, close)

  http.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void answer(request, response, access, options.rendererDir)
  })
  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => undefined) // a peer that hangs up is no event here
    if (pathOf(request) !== '/rpc' || !access.mayConnect(request.headers)) {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      idle.hold()
      socket.on('close', () => {
        if (sockets.clients.size === 0) idle.start()
      })
      options.host.serve(hostSocketWire(socket), { kind: 'browser' })
    })
  })
  void closed.then(() => idle.hold())
  idle.start()

  const url = `http://127.0.0.1:${String(port)}/auth?t=${access.token}`
  options.log(`Duelist is at ${url}`)
  if (options.open) await openPage(url)
  return { url, port, closed, close }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  access: WebAccess,
  rendererDir: string,
): Promise<void> {
  const reply = (status: number, body: string | Uint8Array, headers: Record<string, string> = {}) =>
    response.writeHead(status, { ...securityHeaders, ...headers }).end(body)

  const path = pathOf(request)
  if (request.method !== 'GET') {
    reply(405, 'only GET is served', { allow: 'GET' })
  } else if (path === '/auth') {
    const cookie = access.mayRedeem(request.headers) && access.redeem(tokenOf(request))
    if (!cookie) reply(403, 'This address has been used. Start Duelist again for a new one.')
    else if (request.headers['sec-fetch-site'] === 'cross-site')
      reply(200, FORWARD, forward(cookie))
    else reply(303, '', { location: '/', 'set-cookie': cookie })
  } else if (!access.mayRead(request.headers)) {
    reply(403, 'Open the address that Duelist printed in its terminal.')
  } else {
    const { status, type, body } = await staticFile(rendererDir, path)
    reply(status, body, { 'content-type': type })
  }
}

// A redirect would still count as coming from the file that opened the browser (see openPage), and
// a strict cookie would not be sent along; a page of ours that goes on to / is of the same site.
const FORWARD = '<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Duelist</title>'
const forward = (cookie: string) => ({
  'content-type': 'text/html; charset=utf-8',
  'set-cookie': cookie,
})

/** The path as it was sent, without the query. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/'
}

function tokenOf(request: IncomingMessage): string | null {
  return new URLSearchParams((request.url ?? '').split('?', 2)[1]).get('t')
}

async function listen(http: Server, port: number): Promise<number> {
  http.listen(port, '127.0.0.1')
  try {
    await once(http, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new Error(`port ${String(port)} is in use: choose another with --port`, { cause: error })
  }
  return (http.address() as AddressInfo).port
}

function idleTimer(idleMs: number | undefined, end: () => unknown) {
  let timer: NodeJS.Timeout | undefined
  const hold = () => clearTimeout(timer)
  const start = () => {
    hold()
    if (idleMs !== undefined) timer = setTimeout(end, idleMs)
  }
  return { hold, start }
}
