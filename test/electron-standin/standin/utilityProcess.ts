import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type { ForkOptions } from 'electron'

const running = new Set<ChildProcess>()

class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess

  constructor(child: ChildProcess) {
    super()
    this.#child = child
    running.add(child)
    child.on('spawn', () => this.emit('spawn'))
    child.on('message', (message) => this.emit('message', message))
    child.on('exit', (code, signal) => {
      running.delete(child)
      this.emit('exit', code ?? (signal ? 128 : 0))
    })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  kill(): boolean {
    return this.#child.kill()
  }

  postMessage(message: unknown, ports: readonly unknown[] = []): void {
    if (ports.length > 0) throw new Error('ports to a utility process are not emulated')
    if (this.#child.connected) this.#child.send(message as object, () => undefined)
  }
}

/** A utility process is a fork whose `process.parentPort` is its channel. */
export const utilityProcess = {
  fork(file: string, args: readonly string[] = [], options: ForkOptions = {}) {
    const child = fork(file, args, {
      serialization: 'advanced',
      execArgv: [
        '--import',
        join(import.meta.dirname, 'parentPort.ts'),
        ...(options.execArgv ?? []),
      ],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: (options.env ?? process.env) as NodeJS.ProcessEnv,
    })
    return new UtilityProcess(child)
  },
}

/** Electron ends its utility processes with itself. */
export function endUtilityProcesses(): void {
  for (const child of running) child.kill('SIGKILL')
}
