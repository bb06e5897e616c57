/** How saving ended; a refused disk is an error, not an end. */
export type SaveResult = 'saved' | 'cancelled'

/** A file to be saved where the user says. */
interface FileToSave {
  /** A name to propose, without folders. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** What the native menu asks the page to do. */
export type MenuCommand = 'experiment.new' | 'report.export' | 'settings.open' | 'shortcuts.show'

/**
 * What the desktop app's preload puts on `window.duelist`; absent in a browser tab. Functions hand
 * over values, never an event or an ipc object.
 */
export interface DesktopBridge {
  readonly kind: 'electron'
  /** `onMessage` returns its disposer. The wire ends with the page, so there is no close to hear. */
  readonly send: (message: unknown) => void
  readonly onMessage: (listener: (message: unknown) => void) => () => void
  /** Asks for a place with the system's dialog and writes the file there, whole or not at all. */
  readonly saveFile: (file: FileToSave) => Promise<SaveResult>
  /** What was chosen in the native menu. Returns its disposer. */
  readonly onMenu: (listener: (command: MenuCommand) => void) => () => void
}
