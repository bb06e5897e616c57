import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerAppRequest, isAppUrl, registerAppScheme, serveApp } from '#electron/appProtocol'
import { contentSecurityPolicy } from '#electron/securityHeaders'

let folder: string
let page: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'duelist-app-'))
  page = join(folder, 'renderer')
  await mkdir(join(page, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(page, 'index.html'), '<title>Duelist</title>')
  await writeFile(join(page, 'assets', 'app-1.js'), 'let a')
  await writeFile(join(page, 'assets', 'blob.bin'), 'bytes')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const get = (url: string, method = 'GET') => answerAppRequest({ url, method }, page)

describe('isAppUrl', () => {
  it.each([
    'app://duelist',
    'app://duelist/',
    'app://duelist/index.html#/runs/1',
    'app://duelist?x',
  ])('knows %s', (url) => expect(isAppUrl(url)).toBe(true))

  it.each([
    'app://duelist.evil/',
    'app://evil/duelist',
    'app://duelist:80/',
    'app://user@duelist/',
    'apps://duelist/',
    'https://duelist/',
    'file:///duelist',
    'null',
    '',
  ])('does not take %j for it', (url) => expect(isAppUrl(url)).toBe(false))
})

describe('the scheme', () => {
  it('is an origin of its own, with fetch and nothing more', () => {
    const registered: unknown[] = []
    registerAppScheme({ registerSchemesAsPrivileged: (schemes) => registered.push(...schemes) })
    expect(registered).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
  })

  it('answers what Electron asks it for', async () => {
    const handlers = new Map<string, (request: Request) => Response | Promise<Response>>()
    serveApp(
      {
        handle: (scheme, handler) => void handlers.set(scheme, handler),
      },
      page,
    )
    const answer = await handlers.get('app')!({ url: 'app://duelist/', method: 'GET' } as Request)
    expect(await answer.text()).toBe('<title>Duelist</title>')
  })
})

describe('a request', () => {
  it.each([
    ['app://duelist', 'text/html; charset=utf-8'],
    ['app://duelist/', 'text/html; charset=utf-8'],
    ['app://duelist/index.html?v=1#/runs', 'text/html; charset=utf-8'],
    ['app://duelist/assets/app-1.js', 'text/javascript; charset=utf-8'],
    ['app://duelist/assets/blob.bin', 'application/octet-stream'],
  ])('for %s is answered as %s', async (url, type) => {
    const answer = await get(url)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe(type)
  })

  it('carries the policy and nosniff, refused or not', async () => {
    for (const url of ['app://duelist/', 'app://duelist/none', 'app://evil/']) {
      const { headers } = await get(url)
      expect(headers.get('content-security-policy')).toBe(contentSecurityPolicy)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it.each([
    'app://duelist/../secret.txt',
    'app://duelist/..%2fsecret.txt',
    'app://duelist/%2e%2e%2fsecret.txt',
    'app://duelist/assets/..%2f..%2fsecret.txt',
    'app://duelist/..%5csecret.txt',
    'app://duelist/%00',
    'app://duelist/%zz',
    'app://evil/index.html',
    'app://duelist.evil/index.html',
  ])('for %s gets 403', async (url) => {
    const answer = await get(url)
    expect(answer.status).toBe(403)
    expect(await answer.text()).toBe('forbidden')
  })

  it('for what is not there, or is a folder, gets 404', async () => {
    expect((await get('app://duelist/none.js')).status).toBe(404)
    expect((await get('app://duelist/assets')).status).toBe(404)
  })

  it('by another method gets 405', async () => {
    expect((await get('app://duelist/', 'POST')).status).toBe(405)
  })
})
