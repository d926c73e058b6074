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

export const ADELE: Person = { id: 'id-adele', name: 'Adele Vance', userPrincipalName: 'adelev@contoso.com' }

/** What leaving comes to, as `deactivate` plans it: one step by hand, one that depends on it, one for later. */
export const aLeavingPlan = (): PlannedStep[] => [
  aStep({
    id: 'sign-in',
    kind: 'set-sign-in',
    change: 'change',
    title: 'Sign-in',
    before: 'allowed',
    after: 'blocked',
  }),
  aStep({
    id: 'group:1',
    kind: 'leave-group',
    change: 'remove',
    title: 'Group',
    before: 'All Engineering',
    after: '',
    needs: ['sign-in'],
  }),
  aStep({
    id: 'mailbox',
    kind: 'share-mailbox',
    change: 'change',
    title: 'Mailbox',
    before: 'personal',
    after: 'shared (by hand)',
    instructions: ['Open the Exchange admin center, Recipients, Mailboxes.', 'Tick this when it is done.'],
    needs: ['sign-in'],
  }),
  aStep({
    id: 'licences',
    kind: 'remove-licences',
    change: 'remove',
    title: 'Licences',
    before: 'Microsoft 365 E3',
    after: '',
    needs: ['sign-in', 'mailbox'],
  }),
  aStep({
    id: 'delete',
    kind: 'delete-user',
    change: 'remove',
    title: 'Account',
    before: ADELE.userPrincipalName,
    after: 'deleted 30 days later, then restorable for 30 days',
    needs: ['sign-in', 'group:1', 'mailbox', 'licences'],
  }),
]

/** A request to close Adele's account that waits for Megan, asked by Alex. */
export const aDeactivation = (overrides: Partial<Request> = {}): Request =>
  aRequest({
    operation: 'deactivate',
    reason: 'Leaves at the end of the month',
    subject: ADELE,
    input: {
      userId: ADELE.id,
      name: ADELE.name,
      userPrincipalName: ADELE.userPrincipalName,
      manager: MEGAN,
      successor: NESTOR,
      urgent: false,
      mailbox: 'shared',
      autoReply: '',
      devices: true,
      deleteAfterDays: 30,
    },
    plan: planOf(aLeavingPlan()),
    ...overrides,
  })

/** A request to take back a deactivation. */
export const anUndo = (overrides: Partial<Request> = {}): Request =>
  aRequest({
    _id: 'LK-9Q2M',
    operation: 'undo',
    reason: 'Stays after all',
    subject: ADELE,
    undoes: 'LK-7F3K',
    input: { requestId: 'LK-7F3K', manager: MEGAN },
    startAt: undefined,
    plan: planOf([
      aStep({
        id: 'sign-in',
        kind: 'set-sign-in',
        change: 'change',
        title: 'Sign-in',
        before: 'blocked',
        after: 'allowed',
      }),
      aStep({ id: 'group:1', title: 'Group', after: 'All Engineering', needs: ['sign-in'] }),
    ]),
    ...overrides,
  })
