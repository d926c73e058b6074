import type { Group } from '../../graph/index.ts'
import { groupKind, isWritable } from '../../graph/index.ts'
import type { DeactivateInput } from './input.ts'
import type { Survey } from './survey.ts'

/** What the approver should know: what cannot be done here and what to do instead, and where this person is the only one. */
export function notesOn(input: DeactivateInput, found: Survey): string[] {
  const { roles, groups, owned, reports, soleRoles, user } = found
  const soleOwned = owned
    .filter(({ ownerIds }) => ownerIds.every((id) => id === input.userId))
    .map(({ group }) => group)
  return [
    ...(user.accountEnabled === false ? ['Sign-in is blocked already; this is what is left to do.'] : []),
    ...roles.map((r) => `Holds the role ${r.displayName}: take it away in the Entra admin center, Roles.`),
    ...groups.filter((g) => !isWritable(g)).map((g) => `${g.displayName} cannot be left here: ${whyNot(g)}`),
    ...soleRoles.map((role) => `Is the only ${role} of Latchkey: add somebody else to that group.`),
    ...(input.successor ? [] : withoutSuccessor(reports.length, soleOwned)),
    ...soleOwned
      .filter((g) => !isWritable(g))
      .map((g) => `Is the only owner of ${g.displayName}, which cannot be changed here.`),
  ]
}

function whyNot(group: Group): string {
  if (group.onPremisesSyncEnabled) return 'it comes from on-premises. Remove the person there.'
  if (group.isAssignableToRole) return 'it can be given roles. Remove the person in the Entra admin center.'
  switch (groupKind(group)) {
    case 'dynamic':
      return 'its rule decides. It follows when the attributes change.'
    case 'mail-enabled-security':
    case 'distribution':
      return 'it belongs to Exchange. Remove the person in the Exchange admin center.'
    case 'microsoft365':
    case 'security':
      return 'its members are not ours to change.'
  }
}

const withoutSuccessor = (reports: number, soleOwned: Group[]): string[] => [
  ...(reports > 0
    ? [`${reports} ${reports === 1 ? 'person reports' : 'people report'} to them, and nobody is named to take over.`]
    : []),
  ...soleOwned.map((g) => `Stays the only owner of ${g.displayName}, as nobody is named to take over.`),
]
