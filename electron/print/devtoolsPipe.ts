import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

/** Milliseconds that one question may take. */
const PATIENCE = 60_000

type Fields = Readonly<Record<string, unknown>>

/** A headless browser of our own, spoken to over two pipes: no port is opened. */
export interface Devtools {
  /** @throws Error with the browser's words, or when it has ended or keeps silent */
  ask(method: string, params: Fields, session?: string): Promise<Fields>
  /** The next event of that name. */
  heard(event: string): Promise<void>
  close(): Promise<void>
}

/** Messages are JSON, each ended by a zero byte, on the file descriptors 3 and 4. */
export function openDevtools(chromium: string, profile: string): Devtools {
  // the sandbox can not start as root, nor in containers of CI
  const confined = process.getuid?.() === 0 || process.env['CI'] !== undefined
  const flags = [
    '--headless',
    ...(confined ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-extensions',
    '--no-first-run',
    '--no-default-browser-check',
    `--user-data-dir=${profile}`,
    '--remote-debugging-pipe',
  ]
  const browser = spawn(chromium, flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
  const write = browser.stdio[3] as Writable
  const read = browser.stdio[4] as Readable
  const waiting = new Map<
    number,
    { resolve: (value: Fields) => void; reject: (e: Error) => void }
  >()
  const listening = new Map<string, () => void>()
  let last = 0
  let pending = Buffer.alloc(0)

  const ended = new Promise<void>((resolve) => {
    const end = (error: Error) => {
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
      resolve()
    }
    browser.once('error', end)
    browser.once('exit', () => end(new Error('the browser that prints has ended')))
  })
  write.on('error', () => undefined) // the browser's end tells
  read.on('data', (bytes: Buffer) => {
    pending = Buffer.concat([pending, bytes])
    for (let at = pending.indexOf(0); at >= 0; at = pending.indexOf(0)) {
      take(JSON.parse(pending.subarray(0, at).toString()) as Message)
      pending = pending.subarray(at + 1)
    }
  })

  interface Message {
    readonly id?: number
    readonly method?: string
    readonly result?: Fields
    readonly error?: { readonly message: string }
  }
  function take({ id, method, result, error }: Message): void {
    if (method) listening.get(method)?.()
    const question = id === undefined ? undefined : waiting.get(id)
    if (id === undefined || !question) return
    waiting.delete(id)
    if (error) question.reject(new Error(error.message))
    else question.resolve(result ?? {})
  }

  return {
    ask(method, params, session) {
      const id = ++last
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(id)
          reject(new Error(`the browser that prints did not answer ${method}`))
        }, PATIENCE)
        const done =
          <T>(settle: (value: T) => void) =>
          (value: T) => {
            clearTimeout(late)
            settle(value)
          }
        waiting.set(id, { resolve: done(resolve), reject: done(reject) })
        write.write(`${JSON.stringify({ id, method, params, sessionId: session })}\0`)
      })
    },
    heard: (event) => new Promise((resolve) => listening.set(event, resolve)),
    async close() {
      browser.kill()
      await ended
    },
  }
}
