import { BrowserWindow } from 'electron'
import { APP_ORIGIN } from './appProtocol.ts'
import { securePreferences } from './guards.ts'

/** A page that dies again so soon is left dead, so that the window does not flicker for ever. */
const RELOAD_AFTER_MS = 10_000

/** The one window; shown when its first frame is painted. Call `load` once the host listens. */
export function createWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    title: 'Duelist',
    webPreferences: securePreferences(preload),
  })
  window.once('ready-to-show', () => window.show())
  reloadAfterCrash(window)
  return window
}

/** Opens the page. A failure is shown by Chromium itself. */
export async function loadPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(`${APP_ORIGIN}/`)
}

/** Brings the window to the front: a second start of the app ends here. */
export function showAgain(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.focus()
}

function reloadAfterCrash(window: BrowserWindow): void {
  let last = -Infinity
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const now = performance.now()
    if (reason === 'clean-exit' || now - last < RELOAD_AFTER_MS || window.isDestroyed()) return
    last = now
    window.webContents.reload()
  })
}
