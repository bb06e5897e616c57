import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { launchChromium } from '../../support/chromium.ts'
import { openServer, pageFolder } from './webClient.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
}, 60_000)
afterAll(() => browser.close())

const SOCKET_PAGE = `
  window.script = true
  const socket = new WebSocket('ws://' + location.host + '/rpc')
  socket.onopen = () => { document.title = 'connected' }
  socket.onerror = () => { document.title = 'refused' }
`

async function newPage(): Promise<Page> {
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  return context.newPage()
}

const titled = (page: Page, title: string) =>
  page.waitForFunction((wanted) => document.title === wanted, title, { timeout: 5000 })

describe('the browser mode in a browser', () => {
  it('opens the page, connects its socket and cleans the address bar', async () => {
    const rendererDir = await pageFolder({ 'page.js': SOCKET_PAGE })
    const { server } = await openServer({ rendererDir })
    const page = await newPage()
    await page.goto(server.url)
    await titled(page, 'connected')
    expect(page.url()).toBe(`http://127.0.0.1:${String(server.port)}/`)
    await page.reload()
    await titled(page, 'connected')
    expect(await page.evaluate(() => 'script' in window && !('inline' in window))).toBe(true)
    expect(await page.evaluate(() => document.cookie)).toBe('')
  })

  it('gives a second console on the machine a session of its own', async () => {
    const rendererDir = await pageFolder({ 'page.js': SOCKET_PAGE })
    const [first, second] = [await openServer({ rendererDir }), await openServer({ rendererDir })]
    const page = await newPage()
    await page.goto(first.server.url)
    await page.goto(second.server.url)
    await titled(page, 'connected')
    await page.goto(`http://127.0.0.1:${String(first.server.port)}/`)
    await titled(page, 'connected')
  })

  it('refuses the socket to a page of another origin', async () => {
    const { server } = await openServer()
    const rendererDir = await pageFolder({
      'page.js': SOCKET_PAGE.replace('location.host', `'127.0.0.1:${String(server.port)}'`),
    })
    const page = await newPage()
    await page.goto(server.url)
    // the other page's own policy would stop it too, so that it is one without any
    await page.route('**/foreign', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<script src="/foreign.js"></script>' }),
    )
    const script = await readFile(join(rendererDir, 'page.js'), 'utf8')
    await page.route('**/foreign.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: script }),
    )
    await page.goto('http://127.0.0.1:9/foreign')
    await titled(page, 'refused')
  })

  it('is opened through a file that only the user can read, never by a command line', async () => {
    const rendererDir = await pageFolder({ 'page.js': SOCKET_PAGE })
    const opened = await fakeBrowser()
    const { server } = await openServer({ rendererDir, open: true })
    const args = await opened()
    expect(args).not.toContain(new URL(server.url).searchParams.get('t'))
    const file = args.trim()
    onTestFinished(() => rm(dirname(file), { recursive: true, force: true }))
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const page = await newPage()
    await page.goto(`file://${file}`)
    await titled(page, 'connected')
    expect(page.url()).toBe(`http://127.0.0.1:${String(server.port)}/`)
  })
})

/** Puts an `xdg-open` into PATH that only writes down how it was called. */
async function fakeBrowser(): Promise<() => Promise<string>> {
  const folder = await mkdtemp(join(tmpdir(), 'duelist-xdg-'))
  const bin = join(folder, 'bin')
  await mkdir(bin)
  const command = join(bin, 'xdg-open')
  const record = join(folder, 'args')
  await writeFile(command, `#!/bin/sh\necho "$@" > ${record}.part && mv ${record}.part ${record}\n`)
  await chmod(command, 0o755)
  const path = process.env['PATH'] ?? ''
  process.env['PATH'] = `${bin}${delimiter}${path}`
  onTestFinished(async () => {
    process.env['PATH'] = path
    await rm(folder, { recursive: true, force: true })
  })
  return async () => {
    for (let i = 0; i < 200; i++) {
      const args = await readFile(record, 'utf8').catch(() => undefined)
      if (args !== undefined) return args
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error('no browser was opened within 4 s')
  }
}
