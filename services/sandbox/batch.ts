import { attempt, dispatch, type World } from './dispatch.ts'
import { malformed } from './errors.ts'
import { isJson, type GraphAnswer, type GraphRequest, type Json } from './http.ts'
import { graphRequest } from './request.ts'

interface BatchItem {
  id: string
  method: string
  url: string
  headers: Record<string, string>
  body: unknown
  dependsOn: string[]
}

type BatchAnswer = { id: string; status: number; headers: Record<string, string>; body?: unknown }

const MOST = 20

/**
 * Answers a JSON batch: 200 whatever its items say. A failed dependency gives 424. Answers come in any order at
 * Microsoft, and in reverse here, so that nobody leans on it.
 * @throws GraphFailure 400 more than 20 items, repeated or missing ids, absolute addresses
 */
export function batchAnswer(world: World, request: GraphRequest): GraphAnswer {
  const items = itemsOf(request.body)
  const answers = new Map<string, BatchAnswer>()
  let open = items
  for (let round = 0; open.length > 0 && round < MOST; round++) {
    const ready = open.filter(({ dependsOn }) => dependsOn.every((id) => answers.has(id.toLowerCase())))
    for (const item of ready) answers.set(item.id.toLowerCase(), answerItem(world, { item, answers, outer: request }))
    open = open.filter((item) => !ready.includes(item))
  }
  if (open.length > 0) throw malformed('The dependencies of the batch requests form a cycle or name unknown ids.')
  return { status: 200, body: { responses: [...answers.values()].reverse() } }
}

function itemsOf(body: unknown): BatchItem[] {
  const requests = isJson(body) && Array.isArray(body['requests']) ? body['requests'].filter(isJson) : []
  if (requests.length === 0) throw malformed('Invalid batch payload format.')
  if (requests.length > MOST) throw malformed(`Number of batch requests exceeds the maximum value of ${MOST}.`)
  const items = requests.map(itemOf)
  if (new Set(items.map(({ id }) => id.toLowerCase())).size < items.length) {
    throw malformed('Request Id is not unique in batch request.')
  }
  return items
}

function itemOf(one: Json): BatchItem {
  const { id, method, url, headers, body, dependsOn } = one
  if (typeof id !== 'string' || typeof method !== 'string' || typeof url !== 'string' || /^https?:/i.test(url)) {
    throw malformed('Each batch request needs id, method and a relative url.')
  }
  const given = isJson(headers) ? headers : {}
  const lower = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)]))
  const after = Array.isArray(dependsOn) ? dependsOn.map(String) : []
  return { id, method: method.toUpperCase(), url, headers: lower, body, dependsOn: after }
}

function answerItem(
  world: World,
  { item, answers, outer }: { item: BatchItem; answers: Map<string, BatchAnswer>; outer: GraphRequest },
): BatchAnswer {
  const path = item.url.startsWith('/') ? item.url : `/${item.url}`
  const clientRequestId = item.headers['client-request-id'] ?? outer.clientRequestId
  const headers = { ...item.headers, 'client-request-id': clientRequestId }
  const request = graphRequest({ method: item.method, path, headers, body: item.body, origin: outer.origin })
  const failed = item.dependsOn.some((id) => (answers.get(id.toLowerCase())?.status ?? 500) >= 400)
  const answer = failed ? failedDependency(request) : checkedDispatch(world, request)
  const { status, body } = answer
  return { id: item.id, status, headers: answer.headers ?? {}, ...(body === undefined ? {} : { body }) }
}

function checkedDispatch(world: World, request: GraphRequest): GraphAnswer {
  if (request.body !== undefined && request.headers['content-type'] === undefined) {
    return attempt(world, request, () => {
      throw malformed('A batch request with a body must contain a Content-Type header declaration.')
    })
  }
  return dispatch(world, request, world.faults.next(request, { inBatch: true }))
}

const failedDependency = ({ requestId, clientRequestId }: GraphRequest): GraphAnswer => ({
  status: 424,
  headers: { 'content-type': 'application/json', 'request-id': requestId },
  body: {
    error: {
      code: 'FailedDependency',
      message: 'A request that this one depends on has failed.',
      innerError: {
        date: new Date().toISOString().slice(0, 19),
        'request-id': requestId,
        'client-request-id': clientRequestId,
      },
    },
  },
})

export const isBatch = (request: GraphRequest) =>
  request.method === 'POST' && request.segments.join('/').toLowerCase() === '$batch'
