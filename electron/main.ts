import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session, shell } from 'electron'
import { join } from 'node:path'
import { registerAppScheme, serveApp } from './appProtocol.ts'
import { guardContents, guardSession, isTrustedSender } from './guards.ts'
import { createHost, type Host } from './host.ts'
import { REPORTED } from './launchElectron.ts'
import { menuTemplate } from './menu.ts'
import { windowPrint } from './print/windowPrint.ts'
import { projectRoot } from './projectRoot.ts'
import { saveFile } from './saveFile.ts'
import { createWindow, loadPage, showAgain } from './window.ts'
import { MENU_CHANNEL, SAVE_CHANNEL } from './wire/channels.ts'
import { ipcWires } from './wire/ipc.ts'
import { utilityWorker } from './worker/utility.ts'
import { defaultWorkspace } from './workspacePath.ts'

const built = (path: string) => join(projectRoot, 'dist', path)

// before the app is ready, and hence before anything that waits
app.enableSandbox()
registerAppScheme(protocol)
app.on('web-contents-created', (_event, contents) =>
  guardContents(contents, (address) => shell.openExternal(address)),
)
// two hosts would share one database: a second start brings the first one's window to the front
if (app.requestSingleInstanceLock()) void run()
else app.quit()

async function run(): Promise<void> {
  await app.whenReady()
  guardSession(session.defaultSession)
  serveApp(protocol, built('renderer'))
  try {
    const host = await createHost({
      workspace: await defaultWorkspace(),
      fork: utilityWorker,
      now: Date.now,
      print: (html) => windowPrint(html, hiddenWindow),
    })
    await openApp(host)
  } catch (error) {
    dialog.showErrorBox('Duelist', error instanceof Error ? error.message : String(error))
    app.exit(REPORTED)
  }
}

const hiddenWindow = () =>
  new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, javascript: false },
  })

async function openApp(host: Host): Promise<void> {
  const window = createWindow(built('preload/preload.cjs'))
  const contents = window.webContents
  const offWires = ipcWires(
    ipcMain,
    contents,
    (event) => isTrustedSender(event, contents),
    (wire) => host.serve(wire, { kind: 'electron' }),
  )
  ipcMain.handle(SAVE_CHANNEL, (event, file: unknown) => {
    if (!isTrustedSender(event, contents)) throw new Error('refused')
    return saveFile(file, app.getPath('documents'), (options) =>
      dialog.showSaveDialog(window, options),
    )
  })
  const menu = menuTemplate({
    platform: process.platform,
    locale: app.getLocale(),
    developer: !app.isPackaged,
    send: (command) => contents.send(MENU_CHANNEL, command),
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu))

  app.on('second-instance', () => showAgain(window))
  app.on('window-all-closed', () => app.quit())
  quitAfter(async () => {
    offWires()
    await host.close()
  })
  await loadPage(window)
}

/** Holds the quit until running experiments are stored and the database is closed. */
function quitAfter(close: () => Promise<void>): void {
  let state: 'running' | 'closing' | 'closed' = 'running'
  app.on('will-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    void close().finally(() => {
      state = 'closed'
      app.quit()
    })
  })
}
