import type { CustomScheme, Protocol } from 'electron'

type SchemeHandler = Parameters<Protocol['handle']>[1]

const handlers = new Map<string, SchemeHandler>()
const privileged = new Map<string, CustomScheme['privileges']>()
let ready = false

/** Chromium knows no scheme of ours, so that app://duelist/x is https://duelist.app.invalid/x there. */
export function toReal(url: string): string {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url)
  if (!parts || !privileged.get(parts[1]!)) return url
  return `https://${parts[2]!}.${parts[1]!}.invalid${parts[3] || '/'}`
}

export function toVirtual(url: string): string {
  const parts = /^https:\/\/([^/]*)\.([a-z][a-z0-9+-]*)\.invalid(\/.*)?$/i.exec(url)
  return parts ? `${parts[2]!}://${parts[1]!}${parts[3] ?? '/'}` : url
}

/** The app's own answer to a request for one of its schemes, or undefined for any other. */
export async function answerScheme(
  request: Request,
  virtualUrl: string,
): Promise<Response | undefined> {
  const handler = handlers.get(virtualUrl.split(':', 1)[0]!)
  if (!handler) return undefined
  const asked = new Request(virtualUrl, { method: request.method })
  return handler(asked)
}

export function schemesReady(): void {
  ready = true
}

export const protocol = {
  registerSchemesAsPrivileged(schemes: CustomScheme[]) {
    if (ready) throw new Error('registerSchemesAsPrivileged has to come before the app is ready')
    for (const { scheme, privileges } of schemes) privileged.set(scheme, privileges ?? {})
  },
  handle(scheme: string, handler: SchemeHandler) {
    if (handlers.has(scheme)) throw new Error(`${scheme} is handled already`)
    handlers.set(scheme, handler)
  },
} satisfies Partial<Protocol>
