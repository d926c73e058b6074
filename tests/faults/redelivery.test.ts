import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aForm } from '../rules/support.ts'
import { type Answer, type Harness, startHarness } from '../support/harness.ts'
import { ask, created, decide, now, whole, writes } from './front.ts'

const sentences = (answers: Answer[]): string[] =>
  answers.flatMap(({ reply }) => (typeof reply === 'string' ? [reply] : []))

const facts = async (lk: Harness, requestId: string): Promise<string[]> =>
  (await lk.history.search({ requestId })).map((entry) => entry.kind)

describe('the same thing delivered twice', () => {
  let lk: Harness
  beforeAll(async () => {
    lk = await startHarness({
      policy(policy) {
        for (const stage of policy.operations.provision.stages) stage.who = ['role:approver']
      },
    })
    for (const who of [lk.alex, lk.megan, lk.lynne, lk.nestor]) await lk.install(who)
  })
  afterAll(() => lk.stop())

  const formsSent = (form: string) => lk.requests.count({ form: `${lk.alex}:${form}` })

  it('a form, at the same moment and again later, is one request, and every answer shows it', async () => {
    const form = randomUUID()
    const draft = aForm(lk, { form })
    const submit = () => lk.click('provision.submit', draft, { as: lk.alex })
    const answers = [...(await Promise.all([submit(), submit(), submit()])), await submit()]
    expect(await formsSent(form)).toBe(1)
    const [request] = await lk.requests.find({ form: `${lk.alex}:${form}` })
    for (const { reply } of answers) expect(JSON.stringify(reply)).toContain(request?._id)
    await lk.settle()
    expect((await facts(lk, request?._id ?? '')).filter((kind) => kind === 'request.created')).toHaveLength(1)
  })

  it('a form whose twin has just taken its user name is answered with the request, not with a complaint', async () => {
    const form = randomUUID()
    const draft = aForm(lk, { form })
    const { find } = lk.requests
    let checks = 0
    lk.requests.find = async (query, options) => {
      if ('reserves' in query && (checks += 1) > 1) await expect.poll(() => formsSent(form)).toBe(1)
      return find(query, options)
    }
    const submit = () => lk.click('provision.submit', draft, { as: lk.alex })
    const answers = await Promise.all([submit(), submit()])
    lk.requests.find = find
    const [request] = await lk.requests.find({ form: `${lk.alex}:${form}` })
    for (const { reply } of answers) expect(JSON.stringify(reply)).toContain(request?._id)
  })

  it('an approval by two approvers at once is one decision, and the other is told who decided', async () => {
    const request = await ask(lk, whole(lk))
    const before = (await writes(lk)).length
    const both = await Promise.all([lk.lynne, lk.nestor].map((as) => decide(lk, request, { as })))
    await lk.settle()
    expect(sentences(both)).toEqual([
      expect.stringMatching(/^(Lynne Robbins|Nestor Wilke) has approved this already on /),
    ])
    const done = await now(lk, request)
    expect(done.status).toBe('done')
    expect(done.stages[0]?.decisions).toHaveLength(1)
    expect(await created(lk, before)).toBe(1)
    expect((await writes(lk)).slice(before)).toHaveLength(5)
  })

  it('one click delivered three times decides once, and once more changes nothing', async () => {
    const request = await ask(lk)
    const before = (await writes(lk)).length
    const click = () => decide(lk, request, { as: lk.lynne })
    const answers = await Promise.all([click(), click(), click()])
    await lk.settle()
    const late = await click()
    expect(sentences([...answers, late])).toHaveLength(3)
    expect((await now(lk, request)).stages[0]?.decisions).toHaveLength(1)
    expect(await created(lk, before)).toBe(1)
    expect((await facts(lk, request._id)).filter((kind) => kind === 'request.approved')).toHaveLength(1)
  })

  it('an approval and a rejection at once are one decision, not half of each', async () => {
    const request = await ask(lk)
    const before = (await writes(lk)).length
    await Promise.all([
      decide(lk, request, { as: lk.lynne }),
      decide(lk, request, { as: lk.nestor, verdict: 'reject' }),
    ])
    await lk.settle()
    const ended = await now(lk, request)
    expect(ended.stages[0]?.decisions).toHaveLength(1)
    const rejected = ended.stages[0]?.decisions[0]?.verdict === 'rejected'
    expect(ended.status).toBe(rejected ? 'rejected' : 'done')
    expect(await created(lk, before)).toBe(rejected ? 0 : 1)
  })

  it('a withdrawal and an approval at once: one of them counts', async () => {
    const request = await ask(lk)
    const before = (await writes(lk)).length
    const click = lk.click('request.withdraw', { id: request._id }, { as: lk.alex })
    await Promise.all([click, decide(lk, request, { as: lk.lynne })])
    await lk.settle()
    const { status } = await now(lk, request)
    expect(['done', 'withdrawn']).toContain(status)
    expect(await created(lk, before)).toBe(status === 'done' ? 1 : 0)
  })

  it('a pass asked for by several clicks at once is shown to one of them', async () => {
    const request = await ask(lk)
    await decide(lk, request, { as: lk.lynne })
    await lk.settle()
    const click = () => lk.click('secret.reveal', { id: request._id }, { as: lk.megan })
    const answers = await Promise.all([click(), click(), click()])
    expect(sentences(answers)).toHaveLength(2)
    for (const said of sentences(answers)) expect(said).toContain('only once')
    await lk.settle()
    expect((await facts(lk, request._id)).filter((kind) => kind === 'secret.revealed')).toHaveLength(1)
  })

  it('Retry pressed twice runs what failed once', async () => {
    await lk.control('PATCH', 'settings', { tapEnabled: true })
    const request = await ask(lk)
    await lk.control('PATCH', 'settings', { tapEnabled: false })
    await decide(lk, request, { as: lk.lynne })
    await lk.settle()
    await lk.control('PATCH', 'settings', { tapEnabled: true })
    const before = (await writes(lk)).length
    const click = () => lk.click('request.retry', { id: request._id }, { as: lk.alex })
    await Promise.all([click(), click()])
    await lk.settle()
    expect((await now(lk, request)).status).toBe('done')
    expect((await writes(lk)).slice(before)).toHaveLength(1)
  })
})
