import { Transform } from 'node:stream'
import { maxLineBytes } from '#db/duck/source'
import { badFile } from '../../plainFile.ts'
import { lastWhole, requireText } from './utf8.ts'

/** Passes UTF-8 on, without its mark, and throws at what is no text. */
export function textCheck(name: string): Transform {
  let carry: Buffer = Buffer.alloc(0)
  let lines = 0
  let isFirst = true
  let sinceLine = 0
  const look = (bytes: Buffer) => {
    requireText(name, bytes, lines)
    const last = bytes.lastIndexOf(10)
    sinceLine = last < 0 ? sinceLine + bytes.length : bytes.length - last
    if (sinceLine > maxLineBytes && !bytes.includes(13)) {
      throw badFile(
        `${name} has a line of more than ${maxLineBytes} bytes: put each row on a line of its own`,
      )
    }
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++
  }
  return new Transform({
    readableHighWaterMark: 4 << 20,
    transform(piece: Buffer, _, done) {
      let all = carry.length === 0 ? piece : Buffer.concat([carry, piece])
      if (isFirst && all[0] === 0xef && all[1] === 0xbb && all[2] === 0xbf) all = all.subarray(3)
      isFirst = false
      const whole = lastWhole(all)
      const bytes = all.subarray(0, whole)
      carry = Buffer.from(all.subarray(whole))
      try {
        look(bytes)
      } catch (error) {
        done(error as Error)
        return
      }
      done(null, bytes)
    },
    flush(done) {
      if (carry.length === 0) done()
      else done(badFile(`${name} ends in the middle of a character: copy the whole file again`))
    },
  })
}
