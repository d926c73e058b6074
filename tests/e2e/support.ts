import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'

const ROOT = join(import.meta.dirname, '../..')
export const SHOTS = join(ROOT, '.output/screenshots')

const ARGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

export interface Running {
  /** Addresses by first name, as the start prints them. */
  windows: Record<string, string>
  stop(): Promise<void>
}

/** Starts it as a new user does, on ports of its own and in an empty folder. */
export async function start(env: Record<string, string> = {}): Promise<Running> {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-e2e-'))
  const child = launch([process.execPath, 'bot/start.mjs'], { DATA_DIR: dataDir, ...env })
  return {
    windows: await windowsOf(child),
    stop: () =>
      new Promise((done) => {
        child.once('exit', () => {
          rmSync(dataDir, { recursive: true, force: true })
          done()
        })
        child.kill('SIGINT')
      }),
  }
}

export const launch = ([program = '', ...args]: readonly string[], env: Record<string, string>): ChildProcess =>
  spawn(program, args, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PORT: '0', PLAYGROUND_PORT: '57300', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

/** The addresses that it prints, by first name. */
export function windowsOf(child: ChildProcess): Promise<Record<string, string>> {
  let out = ''
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      out += chunk.toString()
      const found = [...out.matchAll(/^ {2}(\w+) .*(http:\S+)$/gm)].map(([, name = '', url = '']) => [name, url])
      if (out.includes('Try this')) resolve(Object.fromEntries(found) as Record<string, string>)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', () => reject(new Error(`It ended: ${out}`)))
  })
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGS.split(' ') })

/** Somebody's window. */
export interface Window {
  page: Page
  say(text: string): Promise<void>
  press(button: string): Promise<void>
  fill(label: string, text: string): Promise<void>
  /** Waits until this text stands in the chat. */
  sees(text: string | RegExp): Promise<void>
  shot(name: string): Promise<void>
  /** The newest card alone. */
  cardShot(name: string): Promise<void>
  /** The newest card as wide as a chat on a phone. Resolves to the texts that do not fit into it. */
  phoneShot(name: string): Promise<string[]>
}

/** Of the 375 points of a small phone the chat takes the margins. The Playground's own page does not get as narrow. */
const PHONE_CARD = 340

/** As much of the browser's own type as is used here; Node has none. */
interface Box {
  style: { width: string }
  textContent: string | null
  getBoundingClientRect(): { right: number }
  querySelectorAll(selector: string): Iterable<Box>
}

function textsCut(card: Box): string[] {
  const edge = card.getBoundingClientRect().right + 1
  return [...card.querySelectorAll('*')]
    .filter((each) => each.getBoundingClientRect().right > edge)
    .map((each) => each.textContent ?? '')
}

export async function openWindow(browser: Browser, url: string, width = 1000): Promise<Window> {
  mkdirSync(SHOTS, { recursive: true })
  const page = await browser.newPage({ viewport: { width, height: 1400 } })
  await page.goto(url)
  const box = page.locator('[role=textbox][contenteditable=true]').first()
  await box.waitFor()
  // The Playground's own log covers the chat on a phone's width.
  await page.getByText('Log Panel').locator('xpath=..').locator('button').last().click()
  const chat = page.locator('body')
  return {
    page,
    async say(text) {
      await box.click()
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    },
    async press(button) {
      await chat.getByRole('button', { name: button, exact: true }).last().click()
    },
    async fill(label, text) {
      await chat.getByLabel(label, { exact: true }).last().fill(text)
    },
    async sees(text) {
      await chat.getByText(text).last().waitFor({ timeout: 30_000 })
    },
    async shot(name) {
      await page.waitForTimeout(400)
      await page.screenshot({ path: join(SHOTS, `${name}.png`) })
    },
    async cardShot(name) {
      await chat
        .locator('.ac-adaptiveCard')
        .last()
        .screenshot({ path: join(SHOTS, `${name}.png`) })
    },
    async phoneShot(name) {
      const card = chat.locator('.ac-adaptiveCard').last()
      await card.evaluate((each: Box, width) => void (each.style.width = width), `${PHONE_CARD}px`)
      await card.screenshot({ path: join(SHOTS, `${name}.png`) })
      const cut = await card.evaluate(textsCut)
      await card.evaluate((each: Box) => void (each.style.width = ''))
      return cut
    },
  }
}
