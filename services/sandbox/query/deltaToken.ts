import { GraphFailure } from '../errors.ts'
import type { GraphRequest } from '../http.ts'
import type { Tenant } from '../state.ts'

/** Where a delta round stands. The query options of the first call travel in it, as with Microsoft. */
export interface DeltaState {
  epoch: string
  /** Epoch ms of issue; a token lives seven days. */
  at: number
  /** Journal seq up to which everything has been told. */
  after: number
  /** Journal seq at the start of this round: older changes are known to the caller. 0 in a first round. */
  since: number
  select?: string[]
  ids?: string[]
}

const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000

export const writeToken = (state: DeltaState) => Buffer.from(JSON.stringify(state)).toString('base64url')

/** @throws GraphFailure 410 with a Location to start anew, when the token is unknown or older than seven days */
export function readToken(tenant: Tenant, request: GraphRequest, token: string): DeltaState {
  const state = decode(token)
  if (state?.epoch === tenant.epoch && tenant.now() - state.at < LIFETIME_MS) return state
  const path = request.path.split('?')[0] ?? ''
  throw new GraphFailure(410, 'syncStateNotFound', {
    message: 'The sync state generation is not found; all sync state must be discarded and a full sync started.',
    headers: { location: `${request.origin}/v1.0${path}?$deltatoken=` },
  })
}

function decode(token: string): DeltaState | undefined {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as DeltaState
  } catch {
    return undefined
  }
}
