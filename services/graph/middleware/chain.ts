import type { Context, Middleware } from '@microsoft/microsoft-graph-client'

export type Next = (context: Context) => Promise<void>

/** A middleware as one function; the Graph client wants objects that are told of their successor. */
export function middleware(step: (context: Context, next: Next) => Promise<void>): Middleware {
  let successor: Middleware | undefined
  return {
    setNext: (next) => {
      successor = next
    },
    execute: (context) => step(context, async (passed) => successor?.execute(passed)),
  }
}

/** The client always gives its requests plain-object headers; this keeps that true for whoever adds one. */
export function setHeader(context: Context, name: string, value: string): void {
  context.options = { ...context.options, headers: { ...headersOf(context), [name]: value } }
}

function headersOf(context: Context): Record<string, string> {
  return Object.fromEntries(new Headers(context.options?.headers).entries())
}
