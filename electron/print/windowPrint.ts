import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { printPage } from './printPage.ts'

/** The part of Electron's window that printing needs. */
interface PrintWindow {
  loadFile(path: string): Promise<void>
  destroy(): void
  readonly webContents: {
    printToPDF(options: {
      readonly printBackground: boolean
      readonly preferCSSPageSize: boolean
    }): Promise<Uint8Array>
  }
}

/**
 * Prints from a hidden window of the desktop app.
 * @param open a sandboxed window that shows nothing and runs no script
 */
export async function windowPrint(html: string, open: () => PrintWindow): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'duelist-print-'))
  const window = open()
  try {
    const page = join(folder, 'report.html')
    await writeFile(page, await printPage(html))
    await window.loadFile(page)
    return new Uint8Array(
      await window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true }),
    )
  } finally {
    window.destroy()
    await rm(folder, { recursive: true, force: true })
  }
}
