/** What `work` comes to, once `last` is done, which is done however it ended. */
export async function atLast<R>(work: Promise<R>, last: () => Promise<void>): Promise<R> {
  try {
    return await work
  } finally {
    await last()
  }
}
