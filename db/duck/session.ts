import type { DuckDBConnection, DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api'

/** Bytes that DuckDB may hold; what is more goes to the session's folder. */
const memoryLimit = '600MB'
const threads = '2'

export interface DuckOptions {
  /** A folder of the session's own: its database, what spills, and what it writes. */
  readonly folder: string
  /** The only files outside it that may be read. */
  readonly files: readonly string[]
}

type Parameters = Record<string, DuckDBValue>

/** One in-process DuckDB that sees the given files and nothing else. */
export interface DuckSession {
  run(sql: string, parameters?: Parameters): Promise<void>
  rows<T>(sql: string, parameters?: Parameters): Promise<readonly T[]>
  /** Pieces of a result in its order, never the whole. */
  chunks(sql: string, parameters?: Parameters): AsyncGenerator<DuckDBDataChunk>
  /** How far the running statement is, 0 … 1; null when that is not known. */
  share(): number | null
  /** Ends the running statement, which then throws, as every later one does. */
  interrupt(): void
  close(): void
}

/** Why DuckDB can not be used here: the platform has no binding. */
export class NoDuck extends Error {
  override readonly name = 'NoDuck'
}

/**
 * Opens a session. Extensions are never loaded or fetched, nothing but `folder` and `files` can be
 * read or written, and the settings are locked.
 * @throws NoDuck where the binding is missing
 */
export async function openDuck({ folder, files }: DuckOptions): Promise<DuckSession> {
  const { DuckDBInstance } = await import('@duckdb/node-api').catch((error: unknown) => {
    throw new NoDuck(error instanceof Error ? error.message : String(error))
  })
  const instance = await DuckDBInstance.create(`${folder}/stage.duckdb`, {
    memory_limit: memoryLimit,
    threads,
    temp_directory: `${folder}/spill`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  })
  const connection: DuckDBConnection = await instance.connect()
  const settings = [
    "SET TimeZone = 'UTC'",
    'SET enable_progress_bar = true',
    'SET enable_progress_bar_print = false',
    "SET force_compression = 'uncompressed'", // read once: packing it would take longer
    `SET allowed_directories = [${literal(`${folder}/`)}]`,
    `SET allowed_paths = [${files.map(literal).join(', ')}]`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ]
  for (const sql of settings) await connection.run(sql)
  let isStopped = false
  const goOn = () => {
    if (isStopped) throw new Error('interrupted')
  }
  return {
    async run(sql, parameters) {
      goOn()
      await connection.run(sql, parameters)
    },
    async rows<T>(sql: string, parameters?: Parameters) {
      goOn()
      const reader = await connection.runAndReadAll(sql, parameters)
      return reader.getRowObjectsJS() as unknown as readonly T[]
    },
    async *chunks(sql, parameters) {
      const result = await connection.stream(sql, parameters)
      for (;;) {
        goOn()
        const chunk = await result.fetchChunk()
        if (!chunk || chunk.rowCount === 0) return
        yield chunk
      }
    },
    share() {
      const { percentage } = connection.progress
      return percentage >= 0 ? percentage / 100 : null
    },
    interrupt() {
      isStopped = true
      connection.interrupt()
    },
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** Text as a literal of SQL: quotes are doubled, and nothing else is special. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Text as a name of SQL. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
