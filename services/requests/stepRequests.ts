import type { StepRequests } from '../steps/step.ts'
import type { Deps } from './deps.ts'
import { reroute, waitingFor } from './reroute.ts'
import type { Request, StepRecord } from './request.ts'
import { LATCHKEY, save } from './save.ts'
import { transition } from './status.ts'

const TRIES = 8

/** What steps may do with other requests: all of it by compare-and-set, and none of it twice. */
export function stepRequests(deps: Deps): StepRequests {
  /** Until it went through; undefined from `next` means that there is nothing to change. */
  const change = async (
    id: string,
    next: (request: Request) => Parameters<typeof save>[2] | undefined,
  ): Promise<void> => {
    for (let i = 0; i < TRIES; i += 1) {
      const request = await deps.requests.get(id)
      const wanted = request && next(request)
      if (!request || !wanted || (await save(deps, request, wanted))) return
    }
    throw new Error(`${id} changes too often to be taken back.`)
  }

  return {
    waitingFor: (personId) => waitingFor(deps, personId),
    reroute: (personId) => reroute(deps, personId),
    async isStopped(id) {
      const request = await deps.requests.get(id)
      return !request || request.dueAt === null
    },
    stop: (id) =>
      change(id, (request) => {
        if (request.status !== 'waiting' && request.status !== 'running') return { set: { dueAt: null } }
        const steps = request.steps.map((step) =>
          isOpen(step) ? { ...step, outcome: 'skipped' as const, reason: TAKEN_BACK } : step,
        )
        const now = deps.clock.now()
        const verified = steps.filter((s) => s.outcome === 'done' || s.outcome === 'already').length
        return {
          set: { steps, status: transition(request.status, 'partial'), endedAt: now, dueAt: null },
          facts: [
            { kind: 'request.finished', actor: LATCHKEY, data: { status: 'partial', verified, steps: steps.length } },
          ],
        }
      }),
    isUndone: async (id) => (await deps.requests.get(id))?.status === 'undone',
    markUndone: (id) =>
      change(id, (request) => {
        if (request.status === 'undone') return undefined
        const steps = request.steps.map((s) => (s.outcome === 'done' ? { ...s, outcome: 'undone' as const } : s))
        return {
          set: { steps, status: transition(request.status, 'undone') },
          // The first sign-in of an account that is taken away opens nothing any more.
          unset: ['secret'],
          facts: [{ kind: 'request.undone', actor: LATCHKEY }],
        }
      }),
  }
}

const TAKEN_BACK = { code: 'taken_back' as const }

const isOpen = (step: StepRecord): boolean => step.outcome === 'pending' || step.outcome === 'applying'
