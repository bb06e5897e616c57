import type * as Electron from 'electron'
import { app } from './app.ts'
import { BrowserWindow } from './browserWindow.ts'
import { dialog, Menu, MenuItem, record, shell } from './desktop.ts'
import { ipcMain } from './ipcMain.ts'
import { protocol } from './schemes.ts'
import { permissions, session } from './session.ts'
import { utilityProcess } from './utilityProcess.ts'

// What an app may import; any other name fails when it is linked, which is how the stand-in refuses.
export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  protocol,
  session,
  shell,
  utilityProcess,
}

const electron = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  protocol,
  session,
  shell,
  utilityProcess,
} satisfies Partial<Record<keyof typeof Electron, unknown>>

/** A function of a test, as text, to be called with the module and the stand-in's own record. */
interface Question {
  readonly id: number
  readonly evaluate: string
  readonly argument: unknown
}

process.on('message', (question: Question) => {
  void answer(question)
})

async function answer({ id, evaluate, argument }: Question): Promise<void> {
  try {
    // the text comes from the test that started this process
    const ask = (0, eval)(`(${evaluate})`) as (module: object, argument: unknown) => unknown
    const standin = { record, permissions }
    process.send?.({ id, value: await ask({ ...electron, standin }, argument) })
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? error.stack : String(error) })
  }
}
