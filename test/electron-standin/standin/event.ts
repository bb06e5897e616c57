/** The first argument of Electron's events. */
export interface Preventable {
  readonly defaultPrevented: boolean
  preventDefault(): void
}

export function preventable<T extends object>(details: T): T & Preventable {
  let prevented = false
  return Object.defineProperties(
    { ...details, preventDefault: () => (prevented = true) },
    { defaultPrevented: { get: () => prevented } },
  ) as unknown as T & Preventable
}
