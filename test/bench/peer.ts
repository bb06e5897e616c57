import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { PeerKind } from './benchRow.ts'
import type { Sample } from './measure.ts'

/** A peer in a process of its own, asked one line of JSON at a time. */
export interface Peer {
  readonly versions: Readonly<Record<string, string>>
  /** Loads a piece of work; answers with the numbers that show what it did. */
  load(name: string, sizes: Readonly<Record<string, number>>, folder: string): Promise<number[]>
  time(runs: number): Promise<Sample>
  close(): void
}

interface Answer {
  readonly error?: string
  readonly missing?: string
  readonly versions?: Readonly<Record<string, string>>
  readonly check?: readonly number[]
  readonly sample?: Sample
}

const file = (name: string): string => fileURLToPath(new URL(`peers/${name}`, import.meta.url))

/** Another interpreter than the one on the path may have the peers. */
const python = process.env['DUELIST_PYTHON'] ?? 'python3'

const commands: Record<PeerKind, readonly [string, ...string[]]> = {
  pytorch: [python, file('torch_peer.py')],
  numpy: [python, file('numpy_peer.py')],
  'numpy learners': [python, file('oltr_peer.py')],
  python: [python, file('interleaving_peer.py')],
  'mpkato/interleaving': [python, file('mpkato_peer.py')],
  'stock tfjs': [process.execPath, file('stockPeer.ts')],
}

/** Starts a peer on one thread; a string says why there is none. */
export async function startPeer(kind: PeerKind): Promise<Peer | string> {
  const [command, ...args] = commands[kind]
  const one = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' }
  const noCaches = { PYTHONDONTWRITEBYTECODE: '1' }
  const child = spawn(command, args, {
    env: { ...process.env, ...one, ...noCaches },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const failed = new Promise<Answer>((resolve) => {
    child.once('error', (error) => resolve({ missing: error.message }))
  })
  const next = async (): Promise<Answer> => {
    const line = await lines.next()
    return line.done ? { error: 'the peer ended' } : (JSON.parse(line.value) as Answer)
  }
  const ask = async (question: object): Promise<Answer> => {
    child.stdin.write(`${JSON.stringify(question)}\n`)
    const answer = await next()
    if (answer.error) throw new Error(`${kind}: ${answer.error}`)
    return answer
  }
  const hello = await Promise.race([failed, next()])
  if (!hello.versions) {
    child.kill()
    return `peer not installed: ${hello.missing ?? hello.error ?? 'no answer'}`
  }
  return {
    versions: hello.versions,
    load: async (name, sizes, folder) => [...(await ask({ load: name, sizes, folder })).check!],
    time: async (runs) => (await ask({ time: runs })).sample!,
    close: () => child.stdin.end(),
  }
}
