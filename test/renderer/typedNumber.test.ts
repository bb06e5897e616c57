import { describe, expect, it } from 'vitest'
import { typedNumber, wholeNumber } from '#renderer/typedNumber'

describe('a number that was typed', () => {
  it.each([
    ['12', 12],
    [' 5 ', 5],
    ['.5', 0.5],
    ['0.', 0],
    ['1e9', 1e9],
    ['+7', 7],
    ['−0.25', -0.25],
    ['1,000', 1000],
    ['12,345,678.5', 12_345_678.5],
    ['１２', 12], // of a Chinese or Japanese input method
    ['０．３', 0.3],
  ])('%j is %d', (text, value) => {
    expect(typedNumber(text)).toBe(value)
  })

  it('has no negative zero', () => {
    expect(Object.is(typedNumber('-0'), 0)).toBe(true)
  })

  it.each([
    '',
    ' ',
    '0,3',
    '0,125',
    '1,5',
    '1,0000',
    '10,00',
    '0x10',
    '1/2',
    'many',
    '1e999',
    '5 %',
  ])('%j is none, and not another one', (text) => {
    expect(typedNumber(text)).toBeNull()
  })

  it('is whole and within its bounds where it has to be', () => {
    expect(wholeNumber('1,000', 0, 1000)).toBe(1000)
    expect(wholeNumber('1001', 0, 1000)).toBeNull()
    expect(wholeNumber('1.5', 0, 1000)).toBeNull()
    expect(wholeNumber('6,1', 0, 1000)).toBeNull()
  })
})
