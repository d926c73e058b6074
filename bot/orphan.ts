const LOOK_MS = 1_000

/**
 * Calls back when the process that started this one is gone. A shell between npm and node does not pass signals on: without
 * this, ending `npm start` from outside would leave the bot and its windows behind.
 */
export function whenOrphaned(callback: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    callback()
  }, LOOK_MS)
  timer.unref()
}
