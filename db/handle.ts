/** A prepared SELECT. `P` are its positional parameters, `R` the row that it gives. */
export interface ReadStatement<P extends readonly unknown[], R> {
  get(...parameters: P): R | undefined
  all(...parameters: P): R[]
}

/** A prepared INSERT, UPDATE or DELETE. */
export interface WriteStatement<P extends readonly unknown[]> {
  run(...parameters: P): { readonly changes: number; readonly lastInsertRowid: number | bigint }
}

/** A handle through which nothing can be changed. */
export interface ReadDb {
  /**
   * Prepares once, for the life of the handle.
   * @throws TypeError if the statement could write
   */
  read<P extends readonly unknown[], R>(sql: string): ReadStatement<P, R>
}

/** The handle of the workspace's only writer. */
export interface WriteDb extends ReadDb {
  write<P extends readonly unknown[]>(sql: string): WriteStatement<P>
  /** Everything in `f` or nothing; a transaction inside one is a savepoint. */
  transaction<A extends unknown[], R>(f: (...values: A) => R): (...values: A) => R
  /** Statements without parameters and without a result, for migrations and pragmas. */
  execute(sql: string): void
  close(): void
}
