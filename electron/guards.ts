import type {
  IpcMainEvent,
  IpcMainInvokeEvent,
  Session,
  WebContents,
  WebPreferences,
} from 'electron'
import { isAppUrl } from './appProtocol.ts'

/** Sites that cited papers and documentation live on; nothing else leaves the app. */
const externalHosts: readonly string[] = ['doi.org', 'arxiv.org', 'proceedings.mlr.press']

/** Every option that decides what a page may reach, spelled out even where it is the default. */
export function securePreferences(preload: string): WebPreferences {
  return {
    preload,
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
    spellcheck: false, // it would fetch dictionaries
  }
}

/** Whether a message comes from the page itself: the main frame of this window, at our address. */
export function isTrustedSender(
  event: Pick<IpcMainEvent | IpcMainInvokeEvent, 'senderFrame'>,
  contents: Pick<WebContents, 'mainFrame'>,
): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === contents.mainFrame && isAppUrl(frame.url)
}

/** https addresses of listed sites, without credentials or a port. */
export function mayOpenExternally(address: string): boolean {
  const url = URL.parse(address)
  return (
    url !== null &&
    url.protocol === 'https:' &&
    externalHosts.includes(url.host) &&
    url.username === '' &&
    url.password === ''
  )
}

/** Keeps a window on its page: no other address, no second window, no webview. */
export function guardContents(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  openExternal: (address: string) => unknown,
): void {
  // the page's only frame is the preview of a report, whose text it holds itself: no other address
  contents.on('will-navigate', (event) => {
    if (!isAppUrl(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    const mayGo = event.isMainFrame ? isAppUrl(event.url) : event.url === 'about:srcdoc'
    if (!mayGo) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenExternally(url)) openExternal(url)
    return { action: 'deny' }
  })
}

/** Whether the page may load an address at all, whatever its policy says. */
export function mayLoad(address: string): boolean {
  return isAppUrl(address) || /^(data|blob|devtools):/.test(address)
}

/** Copying text and pictures out; reading the clipboard stays denied. */
const COPY = 'clipboard-sanitized-write'

/** No permission but to copy: Electron's default is to grant. No scheme but the app's. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === COPY),
  )
  session.setPermissionCheckHandler((_contents, permission) => permission === COPY)
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url) }))
}
