import { operations } from '../operations/index.ts'
import type { StepContext } from '../steps/step.ts'
import type { Deps } from './deps.ts'
import { stepRequests } from './stepRequests.ts'
import type { Person, Request, SecretNote, StepRecord } from './request.ts'

/** Another worker has taken over: whatever this one still knows must not be written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** What a step sees. Facts and seals are written at once, so that a cut right after them loses nothing. */
export function stepContext(deps: Deps, request: Request, record: StepRecord): StepContext {
  const facts = { ...request.facts }
  let secret = request.secret

  const write = async (set: Record<string, unknown>): Promise<void> => {
    const held = { _id: request._id, 'lease.owner': request.lease?.owner }
    if (!(await deps.requests.update(held, { $set: set }))) throw new LeaseLost()
  }

  return {
    graph: deps.graph,
    mailFrom: deps.policy.handOver.mailFrom,
    requestId: request._id,
    clientRequestId: record.clientRequestId ?? '',
    now: deps.clock.now(),
    facts,
    startedAt: record.startedAt ?? deps.clock.now(),
    ticked: record.ticked !== undefined,
    requests: stepRequests(deps),
    get secret() {
      return secret
    },
    async remember(learnt) {
      const fresh = Object.entries(learnt).filter(([key, value]) => facts[key] !== value)
      if (fresh.length === 0) return
      await write(Object.fromEntries(fresh.map(([key, value]) => [`facts.${key}`, value])))
      Object.assign(facts, learnt)
    },
    async seal({ value, purpose, expiresAt }) {
      const entitled = [await entitledTo(deps, request)]
      const sealed = await deps.secrets.seal({
        value,
        purpose,
        expiresAt,
        requestId: request._id,
        entitled: entitled.map((p) => p.id),
      })
      const note: SecretNote = { id: sealed.id, purpose, entitled, expiresAt }
      await write({ secret: note })
      secret = note
    },
    unseal: async () => (secret ? deps.secrets.peek(secret.id) : undefined),
  }
}

/** A new account's first secret belongs to the new person's manager; where policy says so, or nobody is there, to the requester. */
async function entitledTo(deps: Deps, request: Request): Promise<Person> {
  const managerId = operations[request.operation].managerOf(request.input)
  if (deps.policy.handOver.entitled === 'requester' || managerId === undefined) return request.requester
  const manager = await deps.graph.users.get(managerId)
  if (manager?.accountEnabled !== true) return request.requester
  return { id: manager.id, name: manager.displayName, userPrincipalName: manager.userPrincipalName }
}
