import { expect, test } from 'vitest'
import { generatePassword } from '../../services/secrets/password.ts'

const many = Array.from({ length: 2_000 }, generatePassword)

test('every password meets Entra’s rules: all four kinds of characters, 16 and more', () => {
  for (const password of many) {
    expect(password).toMatch(/[a-z]/)
    expect(password).toMatch(/[A-Z]/)
    expect(password).toMatch(/[0-9]/)
    expect(password).toMatch(/^[a-zA-Z0-9]{4}(-[a-zA-Z0-9]{4}){3}$/)
  }
})

test('no character can be taken for another', () => {
  expect(many.join('')).not.toMatch(/[0Oo1Il]/)
})

test('no two are the same, and no place prefers a kind of character', () => {
  expect(new Set(many).size).toBe(many.length)
  const digitsFirst = many.filter((password) => /^[0-9]/.test(password)).length
  expect(digitsFirst).toBeGreaterThan(100)
  expect(digitsFirst).toBeLessThan(900)
})
