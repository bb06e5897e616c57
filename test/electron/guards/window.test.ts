import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { securePreferences } from '#electron/guards'
import { createWindow, loadPage, showAgain } from '#electron/window'

const fake = vi.hoisted(() => ({ windows: [] as FakeWindow[] }))

interface FakeWindow extends EventEmitter {
  readonly options: Record<string, unknown>
  readonly webContents: EventEmitter
  readonly done: string[]
  minimized: boolean
  destroyed: boolean
}

// importing the real module under plain Node would start to download Electron
vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events')
  class BrowserWindow extends EventEmitter {
    readonly done: string[] = []
    readonly options: Record<string, unknown>
    readonly webContents = Object.assign(new EventEmitter(), {
      reload: () => this.done.push('reload'),
    })
    minimized = false
    destroyed = false
    constructor(options: Record<string, unknown>) {
      super()
      this.options = options
      fake.windows.push(this)
    }
    show = () => this.done.push('show')
    focus = () => this.done.push('focus')
    restore = () => this.done.push('restore')
    isMinimized = () => this.minimized
    isDestroyed = () => this.destroyed
    loadURL = (url: string) => Promise.resolve(this.done.push(url))
  }
  return { BrowserWindow }
})

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function open() {
  const window = createWindow('/app/preload.cjs')
  return { window, seen: fake.windows[fake.windows.length - 1]! }
}

describe('the window', () => {
  it('is made with every secure option, and shown when its first frame is ready', () => {
    const { seen } = open()
    expect(seen.options['webPreferences']).toEqual(securePreferences('/app/preload.cjs'))
    expect(seen.options['show']).toBe(false)
    expect(seen.done).toEqual([])
    seen.emit('ready-to-show')
    expect(seen.done).toEqual(['show'])
  })

  it('loads the page from the app scheme', async () => {
    const { window, seen } = open()
    await loadPage(window)
    expect(seen.done).toEqual(['app://duelist/'])
  })

  it('is restored before it is focused', () => {
    const { window, seen } = open()
    showAgain(window)
    seen.minimized = true
    showAgain(window)
    expect(seen.done).toEqual(['focus', 'restore', 'focus'])
  })

  it('reloads a page whose process died, but not one that keeps dying', () => {
    const { seen } = open()
    const crash = (reason: string) => seen.webContents.emit('render-process-gone', {}, { reason })
    crash('crashed')
    expect(seen.done).toEqual(['reload'])
    crash('oom')
    vi.advanceTimersByTime(9_000)
    crash('crashed')
    expect(seen.done).toEqual(['reload'])
    vi.advanceTimersByTime(2_000)
    crash('killed')
    expect(seen.done).toEqual(['reload', 'reload'])
  })

  it('stays closed', () => {
    const { seen } = open()
    const gone = (reason: string) => seen.webContents.emit('render-process-gone', {}, { reason })
    gone('clean-exit')
    seen.destroyed = true
    gone('crashed')
    expect(seen.done).toEqual([])
  })
})
