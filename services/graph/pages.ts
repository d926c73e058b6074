import { isNotFound } from './errors.ts'
import type { Path } from './path.ts'
import type { Request, Transport } from './transport.ts'

interface Page<T> {
  value?: T[]
  '@odata.nextLink'?: string
  '@odata.deltaLink'?: string
}

type Read = Omit<Request, 'method' | 'body' | 'repeatable' | 'asks'>

export const ADVANCED = { ConsistencyLevel: 'eventual' }

/** Every item of a collection, page after page; stops asking when the caller stops reading. */
export async function* items<T>(transport: Transport, read: Read): AsyncGenerator<T> {
  let next: Read | undefined = read
  while (next) {
    const page: Page<T> = await transport.send<Page<T>>({ ...next, method: 'GET' })
    yield* page.value ?? []
    const link: string | undefined = page['@odata.nextLink']
    next = link === undefined ? undefined : { ...read, query: {}, path: follow(link, read.path) }
  }
}

export async function all<T>(transport: Transport, read: Read): Promise<T[]> {
  const found: T[] = []
  for await (const item of items<T>(transport, read)) found.push(item)
  return found
}

/** The first page only. */
export async function first<T>(transport: Transport, read: Read): Promise<T[]> {
  const page = await transport.send<Page<T>>({ ...read, method: 'GET' })
  return page.value ?? []
}

/** Undefined where Graph says 404. */
export async function found<T>(reading: Promise<T>): Promise<T | undefined> {
  return reading.catch((error: unknown) => {
    if (isNotFound(error)) return undefined
    throw error
  })
}

/**
 * A link of Graph's without its host and version: the client would glue an `http://` link behind the base URL, and
 * whatever host a link names, our token goes to the configured one only.
 */
export function relative(link: string): string {
  const cut = link.indexOf('/v1.0/')
  return cut === -1 ? link : link.slice(cut + '/v1.0'.length)
}

function follow(link: string, origin: Path): Path {
  return { url: relative(link), template: origin.template }
}
