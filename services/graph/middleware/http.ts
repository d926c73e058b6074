import { middleware } from './chain.ts'

const BODILESS = [204, 205, 304]

/**
 * Node's own fetch (kept-alive connections). Reads the whole answer, so that one cut short counts as no answer, and
 * follows no redirect (it becomes a refusal): the token is for the configured host.
 */
export const http = () =>
  middleware(async (context) => {
    const url: unknown = context.request
    if (typeof url !== 'string') throw new TypeError('The Graph client asks by address.')
    const { signal, method, headers, body } = context.options ?? {}
    const response = await fetch(url, { signal, method, headers, body, redirect: 'manual' })
    const text = await response.text()
    const { status, headers: received } = response
    context.response = new Response(BODILESS.includes(status) ? null : text, { status, headers: received })
  })
