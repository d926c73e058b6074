import { errorBody, GraphFailure } from './errors.ts'
import { failureOf, type Fault, type Faults } from './faults.ts'
import { isWrite, type GraphAnswer, type GraphRequest } from './http.ts'
import { audit } from './rules/audit.ts'
import type { Router } from './router.ts'
import type { Tenant } from './state.ts'
import type { WriteBucket } from './throttle.ts'

/** What a reset replaces. */
export interface World {
  tenant: Tenant
  faults: Faults
  bucket: WriteBucket
  route: Router
}

/** POSTs that only read: they cost no write and leave no audit entry. */
const READING: readonly string[] = ['getbyids', 'getmembergroups', 'checkmembergroups', 'validateproperties', '$batch']

const counts = ({ method, segments }: GraphRequest) =>
  isWrite(method) && !READING.includes(segments.at(-1)?.toLowerCase() ?? '')

/** Answers one request, alone or as an item of a batch: ordered fault, write limit, route, audit. Never throws. */
export function dispatch(world: World, request: GraphRequest, fault?: Fault): GraphAnswer {
  const { tenant } = world
  const write = counts(request)
  const answer = attempt(world, request, () => {
    const ordered = fault === undefined ? undefined : failureOf(fault)
    if (ordered !== undefined) throw ordered
    if (write && tenant.settings.throttle) world.bucket.take()
    const { handler, args } = world.route(request.method, request.segments)
    return handler({ tenant, request, args })
  })
  if (write) {
    if (answer.status < 400) audit(tenant, request)
    tenant.writes.push({
      method: request.method,
      path: request.path,
      clientRequestId: request.clientRequestId,
      at: new Date(tenant.now()).toISOString(),
      status: answer.status,
    })
  }
  return answer
}

export function attempt(world: World, request: GraphRequest, work: () => GraphAnswer): GraphAnswer {
  try {
    const answer = work()
    return { ...answer, headers: { ...commonHeaders(world, request), ...answer.headers } }
  } catch (error) {
    const failure = error instanceof GraphFailure ? error : unexpected(error)
    const ids = {
      date: new Date(world.tenant.now()),
      requestId: request.requestId,
      clientRequestId: request.clientRequestId,
    }
    return {
      status: failure.status,
      headers: { ...commonHeaders(world, request), ...failure.headers },
      body: errorBody(failure, ids),
    }
  }
}

const unexpected = (cause: unknown) =>
  new GraphFailure(500, 'InternalServerError', {
    message: `The sandbox broke: ${cause instanceof Error ? cause.stack : ''}`,
  })

function commonHeaders(world: World, request: GraphRequest): Record<string, string> {
  const used = world.tenant.settings.throttle && isWrite(request.method) ? world.bucket.used() : 0
  return {
    'content-type':
      'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    'request-id': request.requestId,
    'client-request-id': request.clientRequestId,
    'x-ms-resource-unit': String(resourceUnits(request)),
    ...(used > 0.8 ? { 'x-ms-throttle-limit-percentage': used.toFixed(1) } : {}),
  }
}

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^\/users\/[^/]+\/(memberOf|transitiveMemberOf|licenseDetails|ownedObjects|getMemberGroups)/i, 2],
  [/\/checkMemberGroups$/i, 4],
  [/^\/groups\/[^/]+\/members$/i, 3],
  [/^\/groups\/[^/]+\/transitiveMembers$/i, 5],
  [/^\/subscribedSkus/i, 3],
  [/\/getByIds$/i, 5],
  [/^\/users$/i, 2],
]

/** Cost of a request in Microsoft's resource units. */
function resourceUnits({ path, query, method }: GraphRequest): number {
  const clean = path.split('?')[0] ?? ''
  const base =
    UNITS.find(([pattern]) => pattern.test(clean) && (method === 'GET' || !/^\/users$/i.test(clean)))?.[1] ?? 1
  const top = Number(query['$top'] ?? 100)
  const saved = (query['$select'] === undefined ? 0 : 1) + (top < 20 ? 1 : 0)
  return Math.max(1, base - saved + (query['$expand'] === undefined ? 0 : 1))
}
