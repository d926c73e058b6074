/** Runs jobs one after another, in the order they came. A job that fails does not hold up the next. */
export function createQueue(): <R>(job: () => Promise<R>) => Promise<R> {
  let last: Promise<unknown> = Promise.resolve()
  return function enqueue(job) {
    const result = last.then(job)
    last = result.catch(() => undefined)
    return result
  }
}
