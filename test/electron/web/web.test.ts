import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { connect as connectSocket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { connect } from '#core/rpc/connect'
import { socketWire } from '#core/rpc/socketWire'
import { systemClock } from '#electron/systemClock'
import { ask, echoContract, logIn, openServer, upgrade } from './webClient.ts'

const originOf = (port: number) => `http://127.0.0.1:${String(port)}`

describe('where it listens', () => {
  it('prints one line, with an address on 127.0.0.1 and the token', async () => {
    const { server, lines } = await openServer()
    expect(lines).toEqual([`Duelist is at ${server.url}`])
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/auth\?t=[\w-]{43}$/)
  })

  it('is reached over loopback only', async () => {
    const { server } = await openServer()
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
    for (const { address } of outside) {
      const socket = connectSocket(server.port, address)
      const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
      expect(error.code).toBe('ECONNREFUSED')
    }
    expect((await ask(server.port, '/')).status).toBe(403)
  })

  it('takes another port at each start, or the one it is given', async () => {
    const first = await openServer()
    const second = await openServer()
    expect(second.server.port).not.toBe(first.server.port)
    await first.server.close()
    const third = await openServer({ port: first.server.port })
    expect(third.server.port).toBe(first.server.port)
  })

  it('says that a port is in use', async () => {
    const { server } = await openServer()
    await expect(openServer({ port: server.port })).rejects.toThrow(
      `port ${String(server.port)} is in use`,
    )
  })
})

describe('the one-time token', () => {
  it('is traded for a strict cookie that bears the port, and leaves the address bar', async () => {
    const { server } = await openServer()
    const { pathname, search } = new URL(server.url)
    const answer = await ask(server.port, pathname + search)
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/')
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(
        new RegExp(
          `^duelist_${String(server.port)}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`,
        ),
      ),
    ])
    expect(answer.headers['set-cookie']![0]).not.toContain(search.slice(3))
  })

  it('is good once', async () => {
    const { server } = await openServer()
    const { pathname, search } = new URL(server.url)
    await logIn(server)
    const again = await ask(server.port, pathname + search)
    expect(again.status).toBe(403)
    expect(again.headers['set-cookie']).toBeUndefined()
  })

  it.each(['', '?t=', '?t=wrong', '?x=1'])('is not guessed by %j', async (search) => {
    const { server } = await openServer()
    const answer = await ask(server.port, `/auth${search}`)
    expect(answer.status).toBe(403)
    expect(answer.headers['set-cookie']).toBeUndefined()
    // and a wrong guess does not use it up
    expect(await logIn(server)).toContain(`duelist_${String(server.port)}=`)
  })

  it('is not redeemed under another host name', async () => {
    const { server } = await openServer()
    const { pathname, search } = new URL(server.url)
    const answer = await ask(server.port, pathname + search, { host: 'evil.example' })
    expect(answer.status).toBe(403)
    expect(await logIn(server)).not.toBe('')
  })
})

describe('a request', () => {
  it('gets the page with the cookie', async () => {
    const { server } = await openServer()
    const cookie = await logIn(server)
    const page = await ask(server.port, '/', { cookie, 'sec-fetch-site': 'none' })
    expect(page).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    })
    expect(page.body).toContain('<title>page</title>')
    const script = await ask(server.port, '/page.js?v=1', {
      cookie: `other=1; ${cookie}`,
      'sec-fetch-site': 'same-origin',
    })
    expect(script).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/javascript; charset=utf-8' },
    })
    expect((await ask(server.port, '/nothing.js', { cookie })).status).toBe(404)
  })

  it.each([
    ['no cookie', () => ({})],
    ['a wrong cookie', (port: number) => ({ cookie: `duelist_${String(port)}=${'A'.repeat(43)}` })],
    ['an empty cookie', (port: number) => ({ cookie: `duelist_${String(port)}=` })],
  ])('gets nothing with %s', async (_, headers) => {
    const { server } = await openServer()
    await logIn(server)
    expect((await ask(server.port, '/', headers(server.port))).status).toBe(403)
  })

  it('gets nothing with the cookie of another console', async () => {
    const [mine, other] = [await openServer(), await openServer()]
    const cookie = await logIn(other.server)
    expect((await ask(mine.server.port, '/', { cookie })).status).toBe(403)
    const renamed = cookie.replace(String(other.server.port), String(mine.server.port))
    expect((await ask(mine.server.port, '/', { cookie: renamed })).status).toBe(403)
  })

  it.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]'])(
    'under the host %s is refused, as a rebound name would be',
    async (host) => {
      const { server } = await openServer()
      const cookie = await logIn(server)
      expect((await ask(server.port, '/', { cookie, host })).status).toBe(403)
    },
  )

  it.each(['cross-site', 'same-site', 'nonsense'])('from a %s page is refused', async (site) => {
    const { server } = await openServer()
    const cookie = await logIn(server)
    const answer = await ask(server.port, '/', { cookie, 'sec-fetch-site': site })
    expect(answer.status).toBe(403)
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('by %s is refused', async (method) => {
    const { server } = await openServer()
    const cookie = await logIn(server)
    const answer = await ask(server.port, '/', { cookie }, method)
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET' } })
  })

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/..\\secret.txt',
    '/%00/index.html',
    '/%ff',
    '//../secret.txt',
    '/../page-neighbour/secret.txt',
  ])('for %s does not leave the folder', async (path) => {
    const { server } = await openServer()
    const cookie = await logIn(server)
    const answer = await ask(server.port, path, { cookie })
    expect(answer.status).toBe(403)
    expect(answer.body).not.toContain('secret')
  })

  it('is answered with every security header, whatever the status', async () => {
    const { server } = await openServer()
    const cookie = await logIn(server)
    const answers = [
      await ask(server.port, '/', { cookie }),
      await ask(server.port, '/nothing', { cookie }),
      await ask(server.port, '/'),
      await ask(server.port, '/auth?t=wrong'),
      await ask(server.port, '/', {}, 'POST'),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 403, 403, 405])
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
          "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; " +
          "form-action 'none'; frame-ancestors 'none'; object-src 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      })
    }
  })
})

describe('the socket', () => {
  it('speaks the contract to the page', async () => {
    const { server } = await openServer()
    const cookie = await logIn(server)
    const { status, socket } = await upgrade(server.port, {
      cookie,
      origin: originOf(server.port),
      'sec-fetch-site': 'same-origin',
    })
    expect(status).toBe(101)
    const client = connect(echoContract, socketWire(socket, systemClock))
    expect(await client.call('echo', new Float64Array([1, NaN]))).toEqual(
      new Float64Array([1, NaN]),
    )
  })

  it.each([
    ['no origin', {}],
    ['a foreign origin', { origin: 'http://evil.example' }],
    ['an origin that only begins alike', { origin: 'http://127.0.0.1.evil.example' }],
    ['the origin of a file', { origin: 'null' }],
    ['the origin of another port', { origin: 'http://127.0.0.1:1' }],
    ['a foreign host', { origin: 'self', host: 'evil.example' }],
    ['a cross-site page', { origin: 'self', 'sec-fetch-site': 'cross-site' }],
  ])('is refused to %s', async (_, headers: Record<string, string>) => {
    const { server } = await openServer()
    const cookie = await logIn(server)
    const origin = headers['origin'] === 'self' ? { origin: originOf(server.port) } : {}
    const { status } = await upgrade(server.port, { cookie, ...headers, ...origin })
    expect(status).toBe(403)
  })

  it('is refused without the cookie, and at any other path', async () => {
    const { server } = await openServer()
    const origin = originOf(server.port)
    expect((await upgrade(server.port, { origin })).status).toBe(403)
    const cookie = await logIn(server)
    expect((await upgrade(server.port, { origin, cookie }, '/rpc.ts')).status).toBe(403)
    expect((await upgrade(server.port, { origin, cookie }, '/')).status).toBe(403)
  })

  it('is closed by a message over 1 MiB', async () => {
    const { server } = await openServer()
    const cookie = await logIn(server)
    const { socket } = await upgrade(server.port, { cookie, origin: originOf(server.port) })
    socket.send(new Uint8Array((1 << 20) + 1))
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(1009)
  })
})

describe('the end', () => {
  it('closes sockets with the server', async () => {
    const { server } = await openServer()
    const cookie = await logIn(server)
    const { socket } = await upgrade(server.port, { cookie, origin: originOf(server.port) })
    const closed = once(socket, 'close')
    await server.close()
    await closed
    await server.closed
    await expect(ask(server.port, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('comes by itself when no page is connected, and not while one is', async () => {
    const { server } = await openServer({ idleMs: 150 })
    const cookie = await logIn(server)
    const { socket } = await upgrade(server.port, { cookie, origin: originOf(server.port) })
    let ended = false
    void server.closed.then(() => (ended = true))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(ended).toBe(false)
    socket.close()
    await server.closed
    expect(ended).toBe(true)
  })
})
