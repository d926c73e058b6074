/** Everything Latchkey may refuse, as a closed list. bot/replies.ts has words for each: a code without words does not compile. */
export type RefusalCode =
  | 'not_entitled'
  | 'secret_gone'
  | 'secret_already_opened'

/** A "no" with a reason that may be shown to people. It carries facts, never secrets; the words are found at the edge. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  readonly data: Record<string, string>
  constructor(code: RefusalCode, data: Record<string, string> = {}, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.data = data
  }
}
