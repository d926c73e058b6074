import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** What a secret was sealed with, base64. */
export interface Sealed {
  iv: string
  tag: string
  text: string
}

export interface Sealer {
  /** `bound` is not hidden, but the seal opens with the very same `bound` only. */
  seal(value: string, bound: string): Sealed
  /** @throws Error when anything was changed, or the key is another. */
  unseal(sealed: Sealed, bound: string): string
}

/** AES-256-GCM with a random 96-bit IV (NIST SP 800-38D), under a key derived for this purpose alone. */
export function createSealer(key: Buffer): Sealer {
  if (key.length !== 32) throw new Error('The key that seals secrets has 32 bytes: check SECRET_KEY.')
  const derived = Buffer.from(hkdfSync('sha256', key, '', 'latchkey one-time secrets', 32))
  return {
    seal(value, bound) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', derived, iv).setAAD(Buffer.from(bound))
      const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
      return { iv: base64(iv), tag: base64(cipher.getAuthTag()), text: base64(text) }
    },
    unseal({ iv, tag, text }, bound) {
      const decipher = createDecipheriv('aes-256-gcm', derived, bytes(iv), { authTagLength: 16 })
      decipher.setAAD(Buffer.from(bound)).setAuthTag(bytes(tag))
      return Buffer.concat([decipher.update(bytes(text)), decipher.final()]).toString('utf8')
    },
  }
}

const base64 = (buffer: Buffer): string => buffer.toString('base64')
const bytes = (text: string): Buffer => Buffer.from(text, 'base64')
