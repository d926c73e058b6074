import type { Person, Plan, PlannedStep, Request, Stage, StepRecord } from '../../services/requests/request.ts'

export const ALEX: Person = { id: 'id-alex', name: 'Alex Wilber', userPrincipalName: 'alexw@contoso.com' }
export const MEGAN: Person = { id: 'id-megan', name: 'Megan Bowen', userPrincipalName: 'meganb@contoso.com' }
export const NESTOR: Person = { id: 'id-nestor', name: 'Nestor Wilke', userPrincipalName: 'nestorw@contoso.com' }

export const NOON = new Date('2026-11-23T12:00:00Z')
export const DIGEST = '3f9a12c4'.repeat(8)

/** A plan of six steps, as `provision` makes them. */
export const aPlan = (): PlannedStep[] => [
  aStep({ id: 'create', kind: 'create-user', title: 'Account', after: 'ada.lovelace@contoso.com' }),
  aStep({ id: 'manager', kind: 'set-manager', title: 'Manager', after: 'Megan Bowen' }),
  aStep({ id: 'group:1', title: 'Group', after: 'All Engineering' }),
  aStep({ id: 'group:2', title: 'Group', after: 'Compiler Team' }),
  aStep({
    id: 'licences',
    kind: 'assign-licences',
    title: 'Licence',
    after: 'Microsoft 365 E3',
    note: 'Microsoft 365 E3: 12 seats left',
  }),
  aStep({
    id: 'hand-over',
    kind: 'hand-over',
    title: 'First sign-in',
    after: 'Temporary Access Pass, shown once to Megan Bowen',
  }),
]

/** A plan of these steps that needs no more care than others. */
export const planOf = (steps: PlannedStep[], overrides: Partial<Plan> = {}): Plan => ({
  steps,
  care: 'ordinary',
  notes: [],
  digest: DIGEST,
  ...overrides,
})

export const aStep = (overrides: Partial<PlannedStep> & { id: string }): PlannedStep => ({
  kind: 'add-to-group',
  change: 'add',
  title: 'Group',
  before: '',
  after: 'Somewhere',
  args: {},
  ...overrides,
})

export const aStage = (overrides: Partial<Stage> = {}): Stage => ({
  name: 'Manager',
  approvers: [{ ...MEGAN, via: 'manager' }],
  passedOver: [],
  needed: 1,
  decisions: [],
  openedAt: new Date('2026-11-23T09:00:00Z'),
  expiresAt: new Date('2026-11-25T09:00:00Z'),
  ...overrides,
})

/** Outcomes in the order of the plan; what is left out is pending. */
export function records(plan: readonly PlannedStep[], outcomes: readonly Partial<StepRecord>[]): StepRecord[] {
  return plan.map((step, i) => ({ outcome: 'pending', attempts: 0, ...outcomes[i], id: step.id }))
}

/** A request for a new account that waits for Megan, asked by Alex. */
export function aRequest(overrides: Partial<Request> = {}): Request {
  const plan = overrides.plan ?? planOf(aPlan())
  return {
    _id: 'LK-7F3K',
    operation: 'provision',
    directoryId: 'contoso',
    status: 'pending',
    version: 1,
    requester: ALEX,
    reason: 'Replaces Patti on the compiler team',
    subject: { name: 'Ada Lovelace', userPrincipalName: 'ada.lovelace@contoso.com' },
    input: {
      firstName: 'Ada',
      lastName: 'Lovelace',
      displayName: 'Ada Lovelace',
      userPrincipalName: 'ada.lovelace@contoso.com',
      jobTitle: 'Engineer',
      department: 'Engineering',
      manager: MEGAN,
      usageLocation: 'GB',
      groups: [],
      licences: [],
      handOver: 'temporary-access-pass',
    },
    plan,
    steps: records(plan.steps, []),
    stages: [aStage()],
    stage: 0,
    startAt: new Date('2026-12-01T07:00:00Z'),
    timeZone: 'Europe/London',
    facts: {},
    createdAt: new Date('2026-11-23T09:00:00Z'),
    updatedAt: new Date('2026-11-23T09:00:00Z'),
    dueAt: null,
    lease: null,
    unannounced: false,
    outbox: [],
    ...overrides,
  }
}
