import type { Group, Sku, User } from '../../graph/index.ts'
import type { PlannedStep } from '../../requests/request.ts'
import type { AddToGroupArgs } from '../../steps/addToGroup.ts'
import type { AssignLicencesArgs } from '../../steps/assignLicences.ts'
import type { CreateUserArgs } from '../../steps/createUser.ts'
import type { HandOverArgs } from '../../steps/handOver.ts'
import type { SetManagerArgs } from '../../steps/setManager.ts'
import type { DraftPlan, PlanContext } from '../operation.ts'
import type { ProvisionInput } from './input.ts'
import { mailNicknameFor } from './names.ts'

/** Create, manager, groups, licences, hand-over: few writes, and the account is complete before anybody can enter it. */
export async function plan(input: ProvisionInput, context: PlanContext): Promise<DraftPlan> {
  const [manager, groups, skus] = await Promise.all([
    input.manager ? context.graph.users.get(input.manager.id) : undefined,
    Promise.all(input.groups.map((group) => context.graph.groups.get(group.id))),
    input.licences.length + input.groups.length > 0 ? context.graph.skus.list() : [],
  ])
  // As `entitledTo` decides when the secret is sealed.
  const isHandedToManager = context.policy.handOver.entitled === 'manager' && manager?.accountEnabled === true
  const receiver = isHandedToManager ? manager.displayName : context.requester.name
  const steps = [
    createStep(input, context),
    ...(input.manager ? [managerStep(input.manager.id, manager)] : []),
    ...input.groups.map((group, i) => groupStep(group.id, groups[i], skus)),
    ...(input.licences.length > 0 ? [licencesStep(input, skus)] : []),
    handOverStep(input, receiver, context),
  ]
  return {
    subject: { name: input.displayName, userPrincipalName: input.userPrincipalName },
    steps,
    ...(input.startAt ? { startAt: new Date(input.startAt) } : {}),
  }
}

/** What was asked for is not there any more: the plan says so, so that its digest differs and the approver sees it. */
const GONE = 'no longer in the directory'

function createStep(input: ProvisionInput, context: PlanContext): PlannedStep {
  const localPart = input.userPrincipalName.split('@')[0] ?? ''
  const profile: CreateUserArgs['profile'] = {
    displayName: input.displayName,
    givenName: input.firstName,
    surname: input.lastName,
    userPrincipalName: input.userPrincipalName,
    mailNickname: mailNicknameFor(localPart),
    ...(input.jobTitle ? { jobTitle: input.jobTitle } : {}),
    ...(input.department ? { department: input.department } : {}),
    ...(input.usageLocation ? { usageLocation: input.usageLocation } : {}),
    ...(input.startAt ? { employeeHireDate: input.startAt } : {}),
    ...(input.alternateMail ? { otherMails: [input.alternateMail] } : {}),
  }
  const args: CreateUserArgs = {
    profile,
    markAttribute: context.policy.provision.markAttribute as CreateUserArgs['markAttribute'],
    ...(input.handOver === 'temporary-password' ? { keepPasswordMinutes: passMinutes(context) } : {}),
  }
  return step({
    id: 'create',
    kind: 'create-user',
    change: 'add',
    title: 'Account',
    after: input.userPrincipalName,
    args,
  })
}

function managerStep(managerId: string, manager: User | undefined): PlannedStep {
  const args: SetManagerArgs = { managerId }
  const isDisabled = manager !== undefined && manager.accountEnabled !== true
  const after = `${manager?.displayName ?? GONE}${isDisabled ? ' (account disabled)' : ''}`
  return step({ id: 'manager', kind: 'set-manager', change: 'add', title: 'Manager', after, args })
}

function groupStep(groupId: string, group: Group | undefined, skus: Sku[]): PlannedStep {
  const gives = group?.assignedLicenses.map((l) => l.skuId).sort() ?? []
  const args: AddToGroupArgs = { groupId, ...(gives.length > 0 ? { gives } : {}) }
  const licences = skus.filter((sku) => group?.assignedLicenses.some((l) => l.skuId === sku.skuId))
  return step({
    id: `group:${groupId}`,
    kind: 'add-to-group',
    change: 'add',
    title: 'Group',
    after: group?.displayName ?? GONE,
    args,
    ...(licences.length > 0 ? { note: `gives ${licences.map(withSeats).join(', ')}` } : {}),
  })
}

function licencesStep(input: ProvisionInput, skus: Sku[]): PlannedStep {
  const args: AssignLicencesArgs = { skuIds: input.licences.map((l) => l.skuId).sort() }
  const wanted = skus.filter((sku) => args.skuIds.includes(sku.skuId))
  return step({
    id: 'licences',
    kind: 'assign-licences',
    change: 'add',
    title: input.licences.length === 1 ? 'Licence' : 'Licences',
    after: input.licences
      .map((l) => (wanted.some((s) => s.skuId === l.skuId) ? l.name : `${l.name} (${GONE})`))
      .join(', '),
    args,
    note: wanted.map(withSeats).join(', '),
  })
}

function handOverStep(input: ProvisionInput, receiver: string, context: PlanContext): PlannedStep {
  const args: HandOverArgs = {
    way: input.handOver,
    minutes: passMinutes(context),
    name: input.firstName,
    userPrincipalName: input.userPrincipalName,
    ...(input.alternateMail ? { to: input.alternateMail } : {}),
  }
  const after = {
    'temporary-access-pass': `Temporary Access Pass, shown once to ${receiver}`,
    'temporary-password': `Temporary password, shown once to ${receiver}`,
    'activation-mail': `Activation mail to ${input.alternateMail ?? ''}`,
  }[input.handOver]
  return step({ id: 'hand-over', kind: 'hand-over', change: 'add', title: 'First sign-in', after, args })
}

const passMinutes = (context: PlanContext): number => Math.floor(context.policy.handOver.passLifetime / 60)

const withSeats = (sku: Sku): string => `${sku.name}: ${sku.seatsLeft} ${sku.seatsLeft === 1 ? 'seat' : 'seats'} left`

/** `before` is empty: the account is new. Every step but the first works on what the first one made. */
function step(planned: Omit<PlannedStep, 'before'>): PlannedStep {
  return { before: '', ...planned, ...(planned.id === 'create' ? {} : { needs: ['create'] }) }
}
