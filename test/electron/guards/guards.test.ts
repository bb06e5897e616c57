import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import {
  guardContents,
  guardSession,
  isTrustedSender,
  mayLoad,
  mayOpenExternally,
  securePreferences,
} from '#electron/guards'

describe('securePreferences', () => {
  it('isolates, sandboxes and switches off every way out of the page', () => {
    expect(securePreferences('/app/preload.cjs')).toEqual({
      preload: '/app/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    })
  })
})

describe('isTrustedSender', () => {
  const mainFrame = { url: 'app://duelist/index.html' }
  const contents = { mainFrame } as never
  const trusted = (senderFrame: unknown) => isTrustedSender({ senderFrame } as never, contents)

  it('trusts the main frame at our address', () => expect(trusted(mainFrame)).toBe(true))

  it.each([
    ['a frame that is gone', null],
    ['another frame at our address', { url: 'app://duelist/index.html' }],
  ])('does not trust %s', (_, frame) => expect(trusted(frame)).toBe(false))

  it.each(['app://duelist.evil/', 'https://duelist/', 'file:///index.html', 'about:blank'])(
    'does not trust the main frame at %s',
    (url) => {
      const frame = { url }
      const event = { senderFrame: frame } as never
      expect(isTrustedSender(event, { mainFrame: frame } as never)).toBe(false)
    },
  )
})

describe('mayOpenExternally', () => {
  it.each(['https://doi.org/10.1145/3178876.3185994', 'https://arxiv.org/abs/1511.05298'])(
    'opens %s',
    (address) => expect(mayOpenExternally(address)).toBe(true),
  )

  it.each([
    'http://doi.org/x',
    'https://doi.org.evil.example/',
    'https://evil.example/doi.org',
    'https://user@doi.org/',
    'https://doi.org:8443/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://doi.org/share',
    'doi.org',
    '',
  ])('does not open %j', (address) => expect(mayOpenExternally(address)).toBe(false))
})

describe('mayLoad', () => {
  it.each([
    ['app://duelist/x.js', true],
    ['data:image/png;base64,AA==', true],
    ['blob:app://duelist/1', true],
    ['devtools://devtools/bundled/x.js', true],
    ['https://example.org/', false],
    ['http://127.0.0.1:9/', false],
    ['ws://127.0.0.1:9/', false],
    ['file:///etc/passwd', false],
    ['app://evil/x.js', false],
    ['chrome-extension://abc/x.js', false],
  ])('%s: %s', (address, allowed) => expect(mayLoad(address)).toBe(allowed))
})

describe('guardContents', () => {
  function guarded() {
    const contents = new EventEmitter()
    const opened: string[] = []
    let open: (details: { url: string }) => unknown = () => undefined
    guardContents(
      Object.assign(contents, {
        setWindowOpenHandler: (handler: typeof open) => (open = handler),
      }) as never,
      (address) => opened.push(address),
    )
    const prevented = (event: string, details: object = {}) => {
      let stopped = false
      contents.emit(event, { ...details, preventDefault: () => (stopped = true) })
      return stopped
    }
    return { prevented, opened, open: (url: string) => open({ url }) }
  }

  it('keeps the window at our address', () => {
    const { prevented } = guarded()
    expect(prevented('will-navigate', { url: 'https://evil.example/' })).toBe(true)
    expect(prevented('will-navigate', { url: 'app://duelist.evil/' })).toBe(true)
    expect(prevented('will-navigate', { url: 'file:///etc/passwd' })).toBe(true)
    expect(prevented('will-navigate', { url: 'app://duelist/' })).toBe(false)
  })

  it('lets no frame in but the preview, which the page holds itself', () => {
    const { prevented } = guarded()
    const url = 'app://duelist/'
    expect(prevented('will-frame-navigate', { url, isMainFrame: false })).toBe(true)
    const preview = 'about:srcdoc'
    expect(prevented('will-frame-navigate', { url: preview, isMainFrame: false })).toBe(false)
    expect(prevented('will-frame-navigate', { url: preview, isMainFrame: true })).toBe(true)
    expect(prevented('will-frame-navigate', { url, isMainFrame: true })).toBe(false)
    expect(prevented('will-frame-navigate', { url: 'https://a.b/', isMainFrame: true })).toBe(true)
  })

  it('refuses redirects and webviews', () => {
    const { prevented } = guarded()
    expect(prevented('will-redirect', { url: 'app://duelist/' })).toBe(true)
    expect(prevented('will-attach-webview')).toBe(true)
  })

  it('opens no second window, and listed sites in the browser', () => {
    const { open, opened } = guarded()
    expect(open('https://doi.org/10.1/x')).toEqual({ action: 'deny' })
    expect(open('https://evil.example/')).toEqual({ action: 'deny' })
    expect(open('app://duelist/')).toEqual({ action: 'deny' })
    expect(opened).toEqual(['https://doi.org/10.1/x'])
  })
})

describe('guardSession', () => {
  it('lets the page copy, grants nothing else and no device, and cancels foreign requests', () => {
    type Handler = (...args: unknown[]) => unknown
    const handlers: Record<string, Handler> = {}
    const keep = (name: string) => (handler: Handler) => (handlers[name] = handler)
    guardSession({
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
      webRequest: { onBeforeRequest: keep('load') },
    } as never)

    const answers: unknown[] = []
    for (const permission of ['media', 'geolocation', 'clipboard-read', 'openExternal']) {
      handlers['request']!({}, permission, (granted: boolean) => answers.push(granted))
      answers.push(handlers['check']!({}, permission))
    }
    answers.push(handlers['device']!({ deviceType: 'usb' }))
    expect(answers).toEqual(Array.from({ length: 9 }, () => false))

    expect(handlers['check']!({}, 'clipboard-sanitized-write')).toBe(true)

    const cancelled = (url: string) => {
      let answer: unknown
      handlers['load']!({ url }, (given: unknown) => (answer = given))
      return answer
    }
    expect(cancelled('https://example.org/')).toEqual({ cancel: true })
    expect(cancelled('app://duelist/')).toEqual({ cancel: false })
  })
})
