/** Runs changes one after another, in the order they came, and commits those together that came while a commit was under way. */
export interface Commits {
  /** Resolves when what the job changed is committed. A job that fails does not hold up the others. */
  add<R>(job: () => Promise<R>): Promise<R>
}

/**
 * @param commit writes what the jobs since the last commit changed; when it fails, each of them is told so.
 */
export function createCommits(commit: () => Promise<void>): Commits {
  interface Waiting {
    run(): Promise<() => void>
    fail(error: unknown): void
  }
  let waiting: Waiting[] = []
  let working = false

  async function work(): Promise<void> {
    working = true
    while (waiting.length > 0) {
      const jobs = waiting
      waiting = []
      const succeeded: { tell(): void; fail(error: unknown): void }[] = []
      for (const { run, fail } of jobs) {
        await run().then((tell) => succeeded.push({ tell, fail }), fail)
      }
      await commit().then(
        () => succeeded.forEach(({ tell }) => tell()),
        (error: unknown) => succeeded.forEach(({ fail }) => fail(error)),
      )
    }
    working = false
  }

  return {
    add: (job) =>
      new Promise((resolve, reject) => {
        waiting.push({ run: async () => job().then((result) => () => resolve(result)), fail: reject })
        if (!working) void work()
      }),
  }
}
