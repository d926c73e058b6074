import { describe, expect, test } from 'vitest'
import { canonicalJson, sha256Hex } from '../services/canonicalJson.ts'

describe('canonical JSON', () => {
  test('the order in which keys were set makes no difference', () => {
    expect(canonicalJson({ b: 1, a: { d: 2, c: 3 } })).toBe(canonicalJson({ a: { c: 3, d: 2 }, b: 1 }))
    expect(canonicalJson({ b: 1, a: 2 })).toBe('{"a":2,"b":1}')
  })

  test('integer-like keys are sorted as text too', () => {
    expect(canonicalJson({ b: 0, 10: 0, 9: 0, '-': 0 })).toBe('{"-":0,"10":0,"9":0,"b":0}')
  })

  test('the order of an array is kept', () => {
    expect(canonicalJson([2, 1])).toBe('[2,1]')
  })

  test('dates are ISO text, absent properties are left out, null stays', () => {
    expect(canonicalJson({ at: new Date(0), gone: undefined, none: null, list: [undefined] })).toBe(
      '{"at":"1970-01-01T00:00:00.000Z","list":[null],"none":null}',
    )
  })

  test('it is JSON: reading it back gives the value', () => {
    const value = { text: 'Zoë "\u2028" 名\n', list: [true, 1.5, -0.25, {}], __proto: 'x' }
    expect(JSON.parse(canonicalJson(value))).toEqual(value)
  })

  test.each([NaN, Infinity, 1n, new Map(), Symbol('x'), () => 0, new Date(NaN)])(
    'what JSON has no words for is refused: %s',
    (value) => {
      expect(() => canonicalJson({ value })).toThrow()
    },
  )

  test('the digest is the SHA-256 of the UTF-8 bytes', () => {
    expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(sha256Hex('é')).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c')
  })
})
