import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** Who may talk to the browser mode: the one browser that followed the printed address. */
export interface WebAccess {
  /** In the printed address, good once. */
  readonly token: string
  /** @returns the Set-Cookie value of the session, or undefined for a token that is wrong or used */
  redeem(token: string | null): string | undefined
  /** A request for a page or a file of it. */
  mayRead(headers: IncomingHttpHeaders): boolean
  /** The first request, which has no cookie yet and may follow a link. */
  mayRedeem(headers: IncomingHttpHeaders): boolean
  /** The upgrade to a socket, whose Origin is the only word on which page asks. */
  mayConnect(headers: IncomingHttpHeaders): boolean
}

/** @param port the one it listens on: a name that was rebound to loopback brings another Host */
export function webAccess(port: number): WebAccess {
  const host = `127.0.0.1:${String(port)}`
  // browsers do not tell ports apart when they send cookies, so that the name has to
  const cookieName = `duelist_${String(port)}`
  const token = secret()
  const session = secret()
  let redeemed = false

  const ownHost = (headers: IncomingHttpHeaders) => headers.host === host
  const hasSession = (headers: IncomingHttpHeaders) =>
    cookiesNamed(cookieName, headers.cookie).some((value) => sameSecret(value, session))

  return {
    token,
    redeem(given) {
      if (redeemed || given === null || !sameSecret(given, token)) return undefined
      redeemed = true
      return `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`
    },
    mayRedeem: ownHost,
    mayRead: (headers) => ownHost(headers) && sameSite(headers, true) && hasSession(headers),
    mayConnect: (headers) =>
      ownHost(headers) &&
      headers.origin === `http://${host}` &&
      sameSite(headers, false) &&
      hasSession(headers),
  }
}

/** 256 bits, in characters that a URL and a cookie may hold. */
function secret(): string {
  return randomBytes(32).toString('base64url')
}

/** Compares digests, so that neither content nor length shows in the time it takes. */
function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/** `none` is what a browser says when the user typed the address. Older browsers say nothing. */
function sameSite(headers: IncomingHttpHeaders, typed: boolean): boolean {
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || (typed && site === 'none')
}

function cookiesNamed(name: string, header = ''): string[] {
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
}
