/** Values as text and back, as far as the structured clone algorithm copies them. */
export interface Codec {
  stringify(value: unknown): string
  parse(text: string): unknown
}

/**
 * The messages of the DevTools protocol are text, so that what ipc clones has to be written out.
 * This function is also injected into Chromium as text: it may use nothing from outside itself.
 */
export function makeCodec(): Codec {
  type Tagged = { $?: string; v?: unknown; c?: string; name?: string }
  type Json = string | number | boolean | null | readonly Json[] | object

  const toText = (bytes: Uint8Array): string => {
    let text = ''
    for (let i = 0; i < bytes.length; i += 32768) {
      text += String.fromCharCode(...bytes.subarray(i, i + 32768))
    }
    return btoa(text)
  }
  const toBytes = (text: string): Uint8Array =>
    Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  const refuse = (): never => {
    throw new Error('An object could not be cloned.')
  }

  const encode = (value: unknown): Json => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number') {
      if (Number.isFinite(value) && !Object.is(value, -0)) return value
      return { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) }
    }
    if (value === undefined) return { $: 'undefined' }
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) }
    if (typeof value !== 'object') return refuse()
    if (Array.isArray(value)) return value.map(encode)
    if (value instanceof Date) return { $: 'date', v: value.getTime() }
    if (value instanceof Map)
      return { $: 'map', v: [...(value as Map<unknown, unknown>)].map(encode) }
    if (value instanceof Set) return { $: 'set', v: [...(value as Set<unknown>)].map(encode) }
    if (value instanceof Error) return { $: 'error', name: value.name, v: value.message }
    if (value instanceof ArrayBuffer) {
      return { $: 'bytes', c: 'ArrayBuffer', v: toText(new Uint8Array(value)) }
    }
    if (ArrayBuffer.isView(value)) {
      const { buffer, byteOffset, byteLength } = value
      // Node's Buffer arrives as the Uint8Array that it is
      const kind = value.constructor.name === 'Buffer' ? 'Uint8Array' : value.constructor.name
      return { $: 'bytes', c: kind, v: toText(new Uint8Array(buffer, byteOffset, byteLength)) }
    }
    if ('then' in value) return refuse()
    const plain: Record<string, Json> = {}
    for (const [key, entry] of Object.entries(value)) plain[key] = encode(entry)
    return '$' in value ? { $: 'object', v: plain } : plain
  }

  const decodeObject = (value: object): object =>
    Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, decode(entry)]))
  const decode = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map(decode)
    const tagged = value as Tagged
    const list = tagged.v as readonly unknown[]
    switch (tagged.$) {
      case 'object':
        return decodeObject(tagged.v as object)
      case 'number':
        return Number(tagged.v)
      case 'undefined':
        return undefined
      case 'bigint':
        return BigInt(tagged.v as string)
      case 'date':
        return new Date(tagged.v as number)
      case 'map':
        return new Map(list.map(decode) as [unknown, unknown][])
      case 'set':
        return new Set(list.map(decode))
      case 'error':
        return Object.assign(new Error(tagged.v as string), { name: tagged.name })
      case 'bytes': {
        const { buffer } = toBytes(tagged.v as string)
        if (tagged.c === 'ArrayBuffer') return buffer
        const kinds = globalThis as unknown as Record<string, new (from: unknown) => unknown>
        return new kinds[tagged.c!]!(buffer)
      }
      default:
        return decodeObject(value)
    }
  }

  return {
    stringify: (value) => JSON.stringify(encode(value)),
    parse: (text) => decode(JSON.parse(text)),
  }
}
