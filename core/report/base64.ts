const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** RFC 4648 base64 with padding. (core has no btoa.) */
export function base64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3)
    const word = (a << 16) | (b << 8) | c
    const left = bytes.length - i
    text += alphabet[word >> 18]! + alphabet[(word >> 12) & 63]!
    text += left > 1 ? alphabet[(word >> 6) & 63]! : '='
    text += left > 2 ? alphabet[word & 63]! : '='
  }
  return text
}
