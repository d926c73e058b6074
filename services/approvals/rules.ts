import type { Person, Request, Stage } from '../requests/request.ts'
import type { Role } from './policy.ts'

// Pure, named and complete: every "may they?" of the product is one of these.

type Who = Pick<Person, 'id'>
type Held = ReadonlySet<Role>

export const mayAsk = (roles: Held): boolean => roles.has('helpdesk') || roles.has('admin')

export const isRequester = (request: Request, actor: Who): boolean => request.requester.id === actor.id

export const isSubject = (request: Request, actor: Who): boolean => request.subject.id === actor.id

export const openStage = (request: Request): Stage | undefined => request.stages[request.stage]

export const isApprover = (request: Request, actor: Who): boolean =>
  openStage(request)?.approvers.some((a) => a.id === actor.id) ?? false

export const decidedBy = (request: Request, actor: Who) =>
  openStage(request)?.decisions.find((d) => d.by.id === actor.id)

export const isEntitled = (request: Request, actor: Who): boolean =>
  request.secret?.entitled.some((p) => p.id === actor.id) ?? false

/** Carries a request on: withdraw it, retry it. */
export const maySteer = (request: Request, actor: Who, roles: Held): boolean =>
  isRequester(request, actor) || roles.has('admin')

export const isInvolved = (request: Request, actor: Who): boolean =>
  isRequester(request, actor) ||
  isEntitled(request, actor) ||
  request.stages.some(
    (s) => s.approvers.some((a) => a.id === actor.id) || s.decisions.some((d) => d.by.id === actor.id),
  )

/** Every request, and the whole history. */
export const seesAll = (roles: Held): boolean => roles.has('helpdesk') || roles.has('admin')
