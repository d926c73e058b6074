import { z } from 'zod'
import { GraphFailure } from './errors.ts'

/** A misbehaviour to order at the control endpoint: the next `times` matching requests get it, after `skip` spared ones. */
export const faultSchema = z.object({
  method: z.string().optional(),
  /** Regular expression on the path (with its query) after /v1.0. */
  path: z.string().optional(),
  times: z.number().int().positive().default(1),
  skip: z.number().int().nonnegative().default(0),
  status: z.number().int().min(400).max(599).optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  /** Seconds. */
  retryAfter: z.number().optional(),
  /** Kill the connection before the work is done, or after it was done and before it is answered. */
  drop: z.enum(['before', 'after']).optional(),
  delayMs: z.number().nonnegative().optional(),
})

export type Fault = z.infer<typeof faultSchema>

export interface Faults {
  add(fault: Fault): void
  clear(): void
  /** The fault that this request gets, used up by one. Inside a batch only refusals strike: it has one connection. */
  next(request: { method: string; path: string }, options?: { inBatch: boolean }): Fault | undefined
}

export function createFaults(): Faults {
  let open: Fault[] = []
  return {
    add(fault) {
      open.push({ ...fault })
    },
    clear() {
      open = []
    },
    next({ method, path }, { inBatch } = { inBatch: false }) {
      const fault = open.find(
        (one) =>
          (!inBatch || one.status !== undefined) &&
          (one.method === undefined || one.method.toUpperCase() === method) &&
          (one.path === undefined || new RegExp(one.path, 'i').test(path)),
      )
      if (fault === undefined) return undefined
      if (fault.skip > 0) {
        fault.skip -= 1
        return undefined
      }
      fault.times -= 1
      if (fault.times < 1) open = open.filter((one) => one !== fault)
      return fault
    },
  }
}

const CODES: Record<number, string> = {
  400: 'Request_BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Authorization_RequestDenied',
  404: 'Request_ResourceNotFound',
  429: 'TooManyRequests',
  503: 'serviceNotAvailable',
  504: 'timeout',
}

/** The refusal that a fault with a status stands for. */
export function failureOf(fault: Fault): GraphFailure | undefined {
  if (fault.status === undefined) return undefined
  const wait = fault.retryAfter ?? (fault.status === 429 ? 1 : undefined)
  return new GraphFailure(fault.status, fault.code ?? CODES[fault.status] ?? 'InternalServerError', {
    message: fault.message ?? 'This answer was ordered at the control endpoint.',
    headers: wait === undefined ? {} : { 'retry-after': String(wait) },
  })
}
