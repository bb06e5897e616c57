import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

/** An answer for one path of the page's folder. */
export interface StaticAnswer {
  readonly status: 200 | 403 | 404
  readonly type: string
  readonly body: Uint8Array<ArrayBuffer>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/**
 * Reads a file of the page's folder.
 * @param folder absolute
 * @param path as it stood in the request, still percent-encoded and not normalised: a URL parser
 *   would resolve the dots away and hide an attempt to leave the folder
 */
export async function staticFile(folder: string, path: string): Promise<StaticAnswer> {
  const decoded = decode(path)
  if (
    decoded === undefined ||
    !decoded.startsWith('/') ||
    /[\0\\]|(^|\/)\.\.(\/|$)/.test(decoded)
  ) {
    return refuse(403, 'forbidden')
  }
  const root = normalize(folder + sep)
  const file = normalize(join(root, decoded === '/' ? 'index.html' : decoded))
  if (!file.startsWith(root)) return refuse(403, 'forbidden')
  try {
    const body = new Uint8Array(await readFile(file))
    return { status: 200, type: types[extname(file)] ?? 'application/octet-stream', body }
  } catch {
    return refuse(404, 'not found')
  }
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

function refuse(status: 403 | 404, reason: string): StaticAnswer {
  return { status, type: 'text/plain; charset=utf-8', body: new TextEncoder().encode(reason) }
}
