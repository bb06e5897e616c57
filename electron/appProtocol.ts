import type { Protocol } from 'electron'
import { securityHeaders } from './securityHeaders.ts'
import { staticFile } from './staticFile.ts'

const SCHEME = 'app'
const HOST = 'duelist'

/** The page's address in the desktop app. */
export const APP_ORIGIN = `${SCHEME}://${HOST}`

/**
 * Whether an address is the page's own. Compares the parts, since an origin of such a scheme is the
 * word `null` in Node and a prefix would also match `app://duelist.evil`.
 */
export function isAppUrl(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && url.protocol === `${SCHEME}:` && url.host === HOST && url.username === ''
}

/** Makes app:// an origin of its own, like https. Must come before the app is ready. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the page's folder at app://duelist. */
export function serveApp(protocol: Pick<Protocol, 'handle'>, rendererDir: string): void {
  protocol.handle(SCHEME, (request) => answerAppRequest(request, rendererDir))
}

/** @param rendererDir absolute; holds index.html */
export async function answerAppRequest(
  request: Pick<Request, 'url' | 'method'>,
  rendererDir: string,
): Promise<Response> {
  const headers = { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8' }
  if (!isAppUrl(request.url)) return new Response('forbidden', { status: 403, headers })
  if (request.method !== 'GET') return new Response('only GET', { status: 405, headers })
  const path = request.url.slice(APP_ORIGIN.length).split(/[?#]/, 1)[0] || '/'
  const { status, type, body } = await staticFile(rendererDir, path)
  return new Response(body, { status, headers: { ...headers, 'content-type': type } })
}
