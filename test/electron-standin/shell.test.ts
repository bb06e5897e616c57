import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DesktopBridge } from '#core/rpc/bridge'
import { prepareBuild } from '../support/prepareBuild.ts'
import { electronPath, launchApp, startStandin, type RunningApp } from './launchApp.ts'

declare global {
  // what a test leaves in the page or in the main process, to be read later
  var kept: unknown[] | undefined
}

type BridgedWindow = Window & { readonly duelist: DesktopBridge }

let app: RunningApp
let folder: string
beforeAll(async () => {
  if (electronPath === undefined) {
    console.warn('Electron runtime not present: the shell runs on its stand-in (see README.md)')
  }
  await prepareBuild()
  folder = await mkdtemp(join(tmpdir(), 'duelist-shell-'))
  app = await launchApp()
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

/** Asks the host over the bridge, as the page's client does, under ids that the page never reaches. */
function request(message: object, count = 1): Promise<unknown[]> {
  return app.page.evaluate(
    ({ message, count }) =>
      new Promise<unknown[]>((resolve) => {
        const { duelist } = window as unknown as BridgedWindow
        const id = 1e9 + Math.floor(performance.now() * 1000)
        const answers: unknown[] = []
        const off = duelist.onMessage((answer) => {
          if ((answer as { id: number }).id !== id) return
          answers.push(answer)
          if (answers.length < count) return
          off()
          resolve(answers)
        })
        duelist.send({ ...message, id })
      }),
    { message, count },
  )
}

const appInfo = () => request({ type: 'request', name: 'app.info', input: {} })

describe('the window', () => {
  it('shows the page at its own address', async () => {
    expect(await app.page.title()).toBe('Duelist')
    const url = await app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getURL(),
      null,
    )
    expect(url).toMatch(/^app:\/\/duelist\//)
  })

  it('is there once, and visible when it is painted', async () => {
    const windows = await app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()),
      null,
    )
    expect(windows).toEqual([true])
  })

  it('comes to the front when the app is started again', async () => {
    const state = await app.evaluate(({ app, BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0]!
      window.minimize()
      app.emit('second-instance')
      return { minimized: window.isMinimized(), count: BrowserWindow.getAllWindows().length }
    }, null)
    expect(state).toEqual({ minimized: false, count: 1 })
  })
})

describe('the page', () => {
  it('has the bridge and nothing of Node or Electron', async () => {
    const names = await app.page.evaluate(() => ({
      bridge: Object.keys((window as unknown as BridgedWindow).duelist).sort(),
      node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
    }))
    expect(names).toEqual({
      bridge: ['kind', 'onMenu', 'onMessage', 'saveFile', 'send'],
      node: [],
    })
  })

  it('can neither change nor replace the bridge', async () => {
    const kind = await app.page.evaluate(() => {
      const page = window as unknown as Record<string, Record<string, unknown>>
      for (const change of [
        () => (page['duelist']!['kind'] = 'browser'),
        () => (page['duelist'] = {}),
        () => delete page['duelist'],
      ]) {
        try {
          change()
        } catch {
          // in strict mode the refusal throws
        }
      }
      return page['duelist']!['kind']
    })
    expect(kind).toBe('electron')
  })

  it('runs only scripts of its own, and evaluates none', async () => {
    const ran = await app.page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.injected = true'
      document.head.append(script)
      const link = document.createElement('a')
      link.href = 'javascript:window.injected = true'
      link.click()
      return 'injected' in window
    })
    expect(ran).toBe(false)
  })

  it('is served with the policy of its header', async () => {
    const headers = await app.page.evaluate(async () => {
      const answer = await fetch('./index.html')
      return {
        policy: answer.headers.get('content-security-policy'),
        sniff: answer.headers.get('x-content-type-options'),
      }
    })
    expect(headers.policy).toContain("default-src 'none'; script-src 'self'")
    expect(headers.sniff).toBe('nosniff')
  })

  it('can not read beside its folder', async () => {
    const statuses = await app.page.evaluate(async () => {
      const paths = ['/..%2fmain%2fmain.js', '/..%5cmain%5cmain.js', '/%00', '/none.js']
      return Promise.all(paths.map(async (path) => (await fetch(path)).status))
    })
    expect(statuses).toEqual([403, 403, 403, 404])
  })

  it('reaches nothing outside', async () => {
    const outcomes = await app.page.evaluate(async () => {
      const attempt = (work: Promise<unknown>) =>
        work.then(
          () => 'reached',
          () => 'refused',
        )
      const image = new Promise((resolve, reject) => {
        const element = new Image()
        element.onload = resolve
        element.onerror = reject
        element.src = 'https://example.org/x.png'
      })
      const socket = new Promise((resolve, reject) => {
        const opened = new WebSocket('ws://127.0.0.1:9/')
        opened.onopen = resolve
        opened.onerror = reject
      })
      return [
        await attempt(fetch('https://example.org/')),
        await attempt(fetch('http://127.0.0.1:9/')),
        await attempt(image),
        await attempt(socket),
      ]
    })
    expect(outcomes).toEqual(['refused', 'refused', 'refused', 'refused'])
  })

  it('is granted no permission', async () => {
    const states = await app.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone'] as const
      return Promise.all(
        names.map(async (name) => (await navigator.permissions.query({ name })).state),
      )
    })
    expect(states.filter((state) => state === 'granted')).toEqual([])
  })
})

describe('the way out', () => {
  const stays = async (act: () => Promise<unknown>) => {
    const before = app.page.url()
    await act().catch(() => undefined)
    await app.page.waitForTimeout(200)
    expect(app.page.url()).toBe(before)
  }

  it.each(['https://example.org/', 'http://127.0.0.1:9/', 'file:///etc/passwd'])(
    'is not a link to %s',
    (address) =>
      stays(() =>
        app.page.evaluate((href) => {
          const link = document.createElement('a')
          link.href = href
          link.click()
        }, address),
      ),
  )

  it('is not a script that sets the address', () =>
    stays(() => app.page.evaluate(() => location.assign('https://example.org/'))))

  it('is not a frame', async () => {
    const loaded = await app.page.evaluate(async () => {
      const frame = document.createElement('iframe')
      frame.src = './index.html'
      document.body.append(frame)
      await new Promise((resolve) => setTimeout(resolve, 300))
      const title = frame.contentDocument?.title
      frame.remove()
      return title === 'Duelist'
    })
    expect(loaded).toBe(false)
  })

  it("opens listed sites in the user's browser and nothing in a window of ours", async () => {
    await app.evaluate(({ shell }) => {
      globalThis.kept = []
      shell.openExternal = (url) => Promise.resolve(void globalThis.kept!.push(url))
    }, null)
    await app.page.evaluate(() => {
      window.open('https://example.org/')
      window.open('https://doi.org/10.1145/3178876.3185994')
      window.open('./index.html')
    })
    await app.page.waitForTimeout(300)
    const opened = await app.evaluate(({ BrowserWindow }) => {
      return { windows: BrowserWindow.getAllWindows().length, external: globalThis.kept }
    }, null)
    expect(opened).toEqual({ windows: 1, external: ['https://doi.org/10.1145/3178876.3185994'] })
  })
})

describe('the wire', () => {
  it('brings the page an answer of the host', async () => {
    const [answer] = await appInfo()
    expect(answer).toMatchObject({ type: 'result', value: { host: 'electron' } })
  })

  it('refuses what the contract does not know, and goes on', async () => {
    const [answer] = await request({ type: 'request', name: 'constructor', input: null })
    expect(answer).toMatchObject({ type: 'error', code: 'NOT_FOUND' })
    await app.page.evaluate(() => {
      const { duelist } = window as unknown as BridgedWindow
      for (const junk of [null, 7, 'page', [], { type: 'request' }]) duelist.send(junk)
    })
    expect(await appInfo()).toHaveLength(1)
  })

  it('does not take a function over the border', async () => {
    const thrown = await app.page.evaluate(() => {
      try {
        ;(window as unknown as BridgedWindow).duelist.send({ f: () => 1 })
        return 'sent'
      } catch (error) {
        return String(error)
      }
    })
    expect(thrown).toContain('could not be cloned')
  })

  it('hands the page values and never an event', async () => {
    const argumentCount = await app.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const { duelist } = window as unknown as BridgedWindow
          const off = duelist.onMessage((...values: unknown[]) => {
            off()
            resolve(values.length)
          })
          duelist.send({ type: 'request', id: 2e9, name: 'none', input: null })
        }),
    )
    expect(argumentCount).toBe(1)
  })

  it('starts anew when the page does', async () => {
    await app.page.reload()
    const [answer] = await appInfo()
    expect(answer).toMatchObject({ type: 'result' })
  })
})

describe('job processes', () => {
  it('start beside the app and tell what they compute with', async () => {
    for (let tries = 0; tries < 100; tries++) {
      const [answer] = (await appInfo()) as [{ value: { backend: object | null } }]
      if (answer.value.backend !== null) {
        expect(answer.value.backend).toHaveProperty('name')
        return
      }
      await app.page.waitForTimeout(200)
    }
    throw new Error('no job process answered within 20 s')
  })
})

describe('the menu', () => {
  it('reaches the page', async () => {
    await app.page.evaluate(() => {
      globalThis.kept = []
      const { duelist } = window as unknown as BridgedWindow
      duelist.onMenu((command) => globalThis.kept!.push(command))
    })
    await app.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()!.getMenuItemById('shortcuts.show')!.click()
    }, null)
    await app.page.waitForFunction(() => globalThis.kept!.length > 0)
    expect(await app.page.evaluate(() => globalThis.kept)).toEqual(['shortcuts.show'])
  })
})

describe('saving a file', () => {
  const save = (name: string, text: string) =>
    app.page.evaluate(
      ({ name, text }) =>
        (window as unknown as BridgedWindow).duelist
          .saveFile({ name, bytes: new TextEncoder().encode(text) })
          .catch((error: unknown) => String(error)),
      { name, text },
    )
  const choose = (filePath: string) =>
    app.evaluate(({ dialog }, path) => {
      globalThis.kept = []
      dialog.showSaveDialog = ((_window: unknown, options: unknown) => {
        globalThis.kept!.push(options)
        return Promise.resolve({ canceled: path === '', filePath: path })
      }) as never
    }, filePath)

  it('writes where the dialog of the main process says', async () => {
    const path = join(folder, 'chosen.csv')
    await choose(path)
    expect(await save('report.csv', 'a,b\n1,2\n')).toBe('saved')
    expect(await readFile(path, 'utf8')).toBe('a,b\n1,2\n')
    expect(await readdir(folder)).toEqual(['chosen.csv'])
    const [asked] = (await app.evaluate(() => globalThis.kept, null)) as { defaultPath: string }[]
    expect(asked!.defaultPath.endsWith('report.csv')).toBe(true)
  })

  it('says that the dialog was cancelled', async () => {
    await choose('')
    expect(await save('report.csv', 'a')).toBe('cancelled')
  })

  it('never takes a path from the page', async () => {
    await choose(join(folder, 'never.csv'))
    expect(await save('../../etc/passwd', 'a')).toContain('a file name without folders')
    expect(await app.evaluate(() => globalThis.kept, null)).toEqual([])
  })
})

describe.skipIf(electronPath !== undefined)('what only the stand-in can show', () => {
  it('sandboxes every process before the app is ready, and denies permissions', async () => {
    const asked = await app.evaluate(({ app, standin }) => {
      const { permissions } = standin as unknown as {
        permissions: {
          check(): boolean
          request(contents: null, name: string, answer: (granted: boolean) => void): void
          device(): boolean
        }
      }
      let granted: boolean | undefined
      permissions.request(null, 'media', (answer) => (granted = answer))
      return {
        sandbox: (app as unknown as { sandbox: object }).sandbox,
        granted: [granted, permissions.check(), permissions.device()],
      }
    }, null)
    expect(asked).toEqual({
      sandbox: { enabled: true, beforeReady: true },
      granted: [false, false, false],
    })
  })

  it('lets no request leave the machine', async () => {
    const blocked = await app.evaluate(({ standin }) => standin!.record.blockedRequests, null)
    expect(blocked.filter((url) => url.startsWith('app://duelist/'))).toEqual([])
  })
})

describe('the end', () => {
  it('of the window is the end of the app, with code 0', async () => {
    const other = await launchApp()
    await other.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close(), null)
    expect(await other.exited).toBe(0)
  })

  it.skipIf(electronPath !== undefined)('comes at once to a second instance', async () => {
    const second = startStandin({
      STANDIN_SECOND_INSTANCE: '1',
      STANDIN_USER_DATA: join(folder, 'second'),
    })
    expect(await once(second, 'exit')).toEqual([0, null])
  })

  it.skipIf(electronPath !== undefined)(
    'comes with a sentence when the workspace can not be opened',
    async () => {
      const broken = join(folder, 'corrupt.db')
      await writeFile(broken, 'this is no database, and must not be touched '.repeat(100))
      const failed = startStandin({ DUELIST_DB: broken, STANDIN_USER_DATA: join(folder, 'user') })
      expect(await once(failed, 'exit')).toEqual([70, null])
      expect(await readFile(broken, 'utf8')).toContain('must not be touched')
    },
  )
})
