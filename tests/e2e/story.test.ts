import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openWindow, type Running, start, type Window } from './support.ts'

describe('three people in their windows', () => {
  let running: Running
  let browser: Browser
  let alex: Window
  let megan: Window
  let adele: Window

  beforeAll(async () => {
    ;[running, browser] = await Promise.all([start(), openBrowser()])
    const { windows } = running
    alex = await openWindow(browser, windows['Alex'] ?? '')
    megan = await openWindow(browser, windows['Megan'] ?? '')
    adele = await openWindow(browser, windows['Adele'] ?? '')
  })
  afterAll(async () => {
    await browser?.close()
    await running?.stop()
  })

  it('are greeted', async () => {
    for (const window of [alex, megan, adele]) await window.sees(/Hello/)
    await alex.shot('1-greeting')
  })

  it('Alex asks for an account on a filled form, and is told beside the field what is missing', async () => {
    await alex.say('provision Ada Lovelace dept=Engineering manager=megan template=engineer start=today')
    await alex.sees('Send for approval')
    await alex.shot('2-form')
    expect(await alex.phoneShot('2-form-phone')).toEqual([])
    await alex.press('Send for approval')
    await alex.sees(/One thing needs another look/)
    await alex.shot('3-form-problem')
    await alex.fill('Why', 'Replaces Patti on the compiler team')
    await alex.press('Send for approval')
    await alex.sees(/Waiting for Megan Bowen/)
    await alex.shot('4-request')
  })

  it('Megan sees the plan and approves it', async () => {
    await megan.sees('Replaces Patti on the compiler team')
    await megan.shot('5-approval')
    await megan.cardShot('approval')
    expect(await megan.phoneShot('5-approval-phone')).toEqual([])
    await megan.press('Approve')
    await megan.sees(/Done/)
    await megan.shot('6-approved')
    await alex.sees(/Done/)
    await alex.shot('7-done')
    expect(await alex.phoneShot('7-done-phone')).toEqual([])
  })

  it('Megan is shown the pass, once', async () => {
    await megan.press('Show the pass once')
    await megan.sees(/shown once|Copy it now/)
    await megan.shot('8-pass')
  })

  it('Adele may not ask, and an unknown command gets the nearest one proposed', async () => {
    await adele.say('provision Me Myself')
    await adele.sees(/Only the helpdesk/)
    await adele.say('aprovals')
    await adele.sees(/Did you mean/)
    await adele.shot('9-adele')
  })

  it('the history tells who asked, who approved and what was done', async () => {
    await alex.say('history ada')
    await alex.sees(/History: ada/)
    await alex.shot('10-history')
    await alex.say('history verify')
    await alex.sees(/The history is whole/)
  })

  it('what is mine, what waits for me, what happened and what one can do is read on a phone', async () => {
    await alex.say(
      'provision Grace Hopper dept=Engineering manager=megan template=engineer start=friday why="Navy liaison"',
    )
    await alex.sees('Send for approval')
    await alex.press('Send for approval')
    await megan.sees(/Grace Hopper/)
    for (const { window, text, title } of [
      { window: alex, text: 'requests', title: 'My requests' },
      { window: megan, text: 'approvals', title: 'Waiting for your approval' },
      { window: alex, text: 'history grace', title: 'History: grace' },
      { window: adele, text: 'help', title: /Hello Adele/ },
    ]) {
      await window.say(text)
      await window.sees(title)
      expect(await window.phoneShot(`11-${text.replace(' ', '-')}-phone`)).toEqual([])
    }
  })
})
