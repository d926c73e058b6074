import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGraph, sandboxToken } from '../../services/graph/index.ts'
import { openBrowser, openWindow, type Running, start, type Window } from './support.ts'

const SANDBOX_PORT = '57390'
const SANDBOX = `http://127.0.0.1:${SANDBOX_PORT}`

/** What somebody does in the Exchange admin center. */
const inExchange = (userId: string, mailbox: { purpose: string; hidden: boolean }) =>
  fetch(`${SANDBOX}/_sandbox/mailbox`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId, ...mailbox }),
  })

describe('leaving, with a step for a person, and coming back', () => {
  const graph = createGraph({ baseUrl: SANDBOX, token: sandboxToken() })
  let running: Running
  let browser: Browser
  let alex: Window
  let megan: Window
  let adele: string

  beforeAll(async () => {
    ;[running, browser] = await Promise.all([start({ SANDBOX_PORT, PLAYGROUND_PORT: '57400' }), openBrowser()])
    alex = await openWindow(browser, running.windows['Alex'] ?? '')
    megan = await openWindow(browser, running.windows['Megan'] ?? '')
    adele = (await graph.users.get('adelev@contoso.com'))?.id ?? ''
    await megan.sees(/Hello/)
  })
  afterAll(async () => {
    await browser?.close()
    await running?.stop()
  })

  it('Alex asks, and sees the whole plan before it is sent', async () => {
    await alex.say('deactivate adele vance')
    await alex.sees('Send for approval')
    await alex.shot('20-deactivate-form')
    await alex.fill('Why', 'Leaves for the sea')
    await alex.press('Send for approval')
    await alex.sees(/Waiting for Megan Bowen/)
  })

  it('Megan approves, and the rest waits for what Graph cannot do', async () => {
    await megan.sees('Leaves for the sea')
    expect(await megan.phoneShot('21-deactivate-approval-phone')).toEqual([])
    await megan.press('Approve')
    await alex.sees(/Convert to shared mailbox/)
    await alex.sees('Done: Address list')
    await alex.shot('22-manual-step')
    expect((await graph.users.get(adele))?.accountEnabled).toBe(false)
    expect((await graph.users.get(adele))?.assignedLicenses).not.toEqual([])
  })

  it('Alex does it in Exchange and ticks it off', async () => {
    await inExchange(adele, { purpose: 'shared', hidden: true })
    await alex.press('Done: Mailbox')
    await alex.press('Done: Address list')
    await alex.sees(/Done: every step verified/)
    await alex.shot('23-deactivated')
    expect((await graph.users.get(adele))?.assignedLicenses).toEqual([])
  })

  it('the undo shows the way back, is approved, and ends where it began', async () => {
    await alex.press('Undo')
    await alex.sees(/Send for approval/)
    await alex.shot('24-undo-form')
    await alex.fill('Why', 'Came back from the sea')
    await alex.press('Send for approval')
    await megan.sees('Came back from the sea')
    expect(await megan.phoneShot('25-undo-approval-phone')).toEqual([])
    await megan.press('Approve')
    await alex.sees(/Convert to regular mailbox/)
    // Done before it was looked for, it would need no tick.
    await alex.sees('Done: Address list')
    await inExchange(adele, { purpose: 'user', hidden: false })
    await alex.press('Done: Mailbox')
    await alex.press('Done: Address list')
    await alex.sees(/Undone/i)
    await alex.shot('26-undone')
    expect(await graph.users.get(adele)).toMatchObject({ accountEnabled: true })
  })
})
