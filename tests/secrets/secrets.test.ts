import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { createSecrets } from '../../services/secrets/index.ts'
import type { NewSecret } from '../../services/secrets/index.ts'
import type { Document } from '../../services/store/store.ts'
import { describeOnEveryStore } from '../support/stores.ts'

const hour = 3_600_000

await describeOnEveryStore('secrets', (open) => {
  async function begin(key = randomBytes(32)) {
    const store = await open()
    let now = new Date()
    const clock = { now: () => now }
    const secrets = await createSecrets({ store, key, clock })
    const records = await store.collection<Document>({ name: 'secrets', indexes: [] })
    const secret = (over: Partial<NewSecret> = {}): NewSecret => ({
      value: 'Kp7x-Rm4t',
      entitled: ['megan'],
      requestId: 'r1',
      purpose: 'temporary-password',
      expiresAt: new Date(now.getTime() + hour),
      ...over,
    })
    const pass = (ms: number): void => {
      now = new Date(now.getTime() + ms)
    }
    return { store, clock, secrets, records, secret, pass }
  }

  test('the one who is entitled opens it, once', async () => {
    const { secrets, secret } = await begin()
    const { id } = await secrets.seal(secret())
    expect(await secrets.state(id)).toEqual({ opened: undefined, expired: false })
    expect((await secrets.open(id, 'megan')).value).toBe('Kp7x-Rm4t')
    await expect(secrets.open(id, 'megan')).rejects.toMatchObject({
      code: 'secret_already_opened',
      data: { by: 'megan' },
    })
    expect(await secrets.state(id)).toMatchObject({ opened: { by: 'megan' }, expired: false })
  })

  test('of twenty clicks at once, one opens it', async () => {
    const { secrets, secret } = await begin()
    const { id } = await secrets.seal(secret({ entitled: ['megan', 'adele'] }))
    const clicks = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => secrets.open(id, n % 2 ? 'megan' : 'adele')),
    )
    expect(clicks.filter((click) => click.status === 'fulfilled')).toHaveLength(1)
    const codes = clicks.flatMap((click) =>
      click.status === 'rejected' ? [(click.reason as { code: string }).code] : [],
    )
    expect(new Set(codes)).toEqual(new Set(['secret_already_opened']))
  })

  test('nobody else opens it, and their attempt uses nothing up', async () => {
    const { secrets, secret } = await begin()
    const { id } = await secrets.seal(secret())
    await expect(secrets.open(id, 'adele')).rejects.toMatchObject({ code: 'not_entitled' })
    await secrets.open(id, 'megan')
    await expect(secrets.open(id, 'adele')).rejects.toMatchObject({ code: 'not_entitled' })
  })

  test('once lapsed, discarded or never known, it is gone', async () => {
    const { secrets, secret, pass } = await begin()
    const { id } = await secrets.seal(secret())
    const { id: other } = await secrets.seal(secret({ requestId: 'r2', expiresAt: new Date(Date.now() + 9 * hour) }))
    pass(hour)
    await expect(secrets.open(id, 'megan')).rejects.toMatchObject({ code: 'secret_gone' })
    expect(await secrets.state(id)).toMatchObject({ expired: true })
    expect(await secrets.peek(id)).toBeUndefined()
    await secrets.discard('r2')
    await expect(secrets.open(other, 'megan')).rejects.toMatchObject({ code: 'secret_gone' })
    expect(await secrets.state(other)).toBeUndefined()
    await expect(secrets.open('unknown', 'megan')).rejects.toMatchObject({ code: 'secret_gone' })
  })

  test('Latchkey itself may look while nobody has opened it', async () => {
    const { secrets, secret } = await begin()
    const { id } = await secrets.seal(secret({ value: 'Zoë ✓' }))
    expect(await secrets.peek(id)).toBe('Zoë ✓')
    expect((await secrets.open(id, 'megan')).value).toBe('Zoë ✓')
    expect(await secrets.peek(id)).toBeUndefined()
  })

  test('what is stored does not hold the secret, and after opening not even its ciphertext', async () => {
    const { secrets, secret, records } = await begin()
    const { id } = await secrets.seal(secret())
    const stored = await records.get(id)
    expect(JSON.stringify(stored)).not.toContain('Kp7x')
    expect(stored).toHaveProperty('sealed.text')
    await secrets.open(id, 'megan')
    expect(await records.get(id)).not.toHaveProperty('sealed')
  })

  test('a record given to another person, or filled from another record, does not open', async () => {
    const { secrets, secret, records } = await begin()
    const { id } = await secrets.seal(secret())
    await records.update({ _id: id }, { $set: { entitled: ['mallory'] } })
    await expect(secrets.open(id, 'mallory')).rejects.toMatchObject({ code: 'secret_gone' })
    const [a, b] = [await secrets.seal(secret()), await secrets.seal(secret({ entitled: ['mallory'] }))]
    const from = await records.get(a.id)
    await records.update({ _id: b.id }, { $set: { sealed: from && 'sealed' in from ? from.sealed : null } })
    await expect(secrets.open(b.id, 'mallory')).rejects.toMatchObject({ code: 'secret_gone' })
  })

  test('another key opens nothing', async () => {
    const { store, clock, secrets, secret } = await begin()
    const { id } = await secrets.seal(secret())
    const stranger = await createSecrets({ store, key: randomBytes(32), clock })
    await expect(stranger.open(id, 'megan')).rejects.toMatchObject({ code: 'secret_gone' })
  })

  test('a key of the wrong length is refused at start, with the name of the setting', async () => {
    await expect(begin(randomBytes(16))).rejects.toThrow(/SECRET_KEY/)
  })

  test('neither the opened secret nor the service shows anything to a log', async () => {
    const key = Buffer.from('a-key-of-exactly-thirty-two-byte')
    const { secrets, secret } = await begin(key)
    const { id } = await secrets.seal(secret())
    const opened = await secrets.open(id, 'megan')
    const refused: unknown = await secrets.open(id, 'megan').catch((error: unknown) => error)
    for (const shown of [opened, { ...opened }, refused, secrets]) {
      const text = `${inspect(shown, { depth: 9 })}${JSON.stringify(shown)}${String(shown)}`
      expect(text).not.toContain('Kp7x')
      expect(text).not.toContain('exactly')
    }
  })
})
