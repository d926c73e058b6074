import type { Template } from '../../approvals/policy.ts'
import { isAssignable } from '../../directories/catalogue.ts'
import type { Group, Sku } from '../../graph/index.ts'
import { isWritable } from '../../graph/index.ts'
import type { Draft, PlanContext, Problem } from '../operation.ts'
import { clean } from '../text.ts'
import type { ProvisionInput } from './input.ts'
import { isObjectId } from '../../directories/objectId.ts'

/** A multi-choice field: ids with commas between. */
const listed = (value: string | undefined): string[] => [
  ...new Set(
    clean(value)
      .split(/\s*,\s*/)
      .filter(Boolean),
  ),
]

export interface CheckedGroups {
  groups: ProvisionInput['groups']
  givesLicence: boolean
}

/** The template's groups and the extra ones: each must exist, be writable, and not be one that gives power over Latchkey. */
export async function checkGroups(
  draft: Draft,
  template: Template | undefined,
  context: PlanContext,
): Promise<CheckedGroups | Problem[]> {
  const wanted = [
    ...(template?.groups ?? []).map((group) => ({ group, field: 'template' })),
    ...listed(draft['groups']).map((group) => ({ group, field: 'groups' })),
  ]
  const skus = wanted.length > 0 ? await context.graph.skus.list() : []
  const results = await Promise.all(
    wanted.map(async ({ group, field }) =>
      checkGroup({ wanted: group, field, skus }, await findGroup(group, context), context),
    ),
  )
  const problems = results.filter((r): r is Problem => 'code' in r)
  if (problems.length > 0) return problems
  const found = results.filter((r): r is Group => !('code' in r))
  const groups = found.map((g, i) => ({ id: g.id, name: g.displayName, ...grantedBy(wanted[i]?.field) }))
  return {
    groups: [...new Map(groups.map((group) => [group.id, group])).values()],
    givesLicence: found.some((g) => g.assignedLicenses.length > 0),
  }
}

const grantedBy = (field: string | undefined): { by?: 'template' } => (field === 'template' ? { by: field } : {})

function checkGroup(
  asked: { wanted: string; field: string; skus: Sku[] },
  group: Group | undefined,
  context: PlanContext,
): Group | Problem {
  const { field } = asked
  if (!group) return { field, code: 'group_unknown', data: { group: asked.wanted } }
  const data = { group: group.displayName }
  if (isReserved(group, context)) return { field, code: 'group_reserved', data }
  if (!isWritable(group)) return { field, code: 'group_not_writable', data }
  const full = group.assignedLicenses
    .map((l) => asked.skus.find((sku) => sku.skuId === l.skuId))
    .find((sku) => sku && sku.seatsLeft < 1)
  if (full) return { field, code: 'no_seats', data: { licence: full.name } }
  return group
}

/** Who may ask and approve must not be decided by a request. */
const isReserved = (group: Group, context: PlanContext): boolean =>
  Object.values(context.policy.roles)
    .flat()
    .some((role) => role === group.id || role.toLowerCase() === group.displayName.toLowerCase())

/** No group has a longer name. @see learn: graph/api/resources/group, "displayName" */
const LONGEST_NAME = 256

/** By object id or, from the policy file, by a name that only one group has. */
async function findGroup(wanted: string, context: PlanContext): Promise<Group | undefined> {
  if (isObjectId(wanted)) return context.graph.groups.get(wanted)
  if (wanted.length > LONGEST_NAME) return undefined
  const [group, ...others] = await context.graph.groups.findByName(wanted)
  return others.length === 0 ? group : undefined
}

export interface CheckedLicences {
  licences: ProvisionInput['licences']
}

export async function checkLicences(
  draft: Draft,
  template: Template | undefined,
  context: PlanContext,
): Promise<CheckedLicences | Problem[]> {
  const wanted = [
    ...(template?.licences ?? []).map((licence) => ({ licence, field: 'template' })),
    ...listed(draft['licences']).map((licence) => ({ licence, field: 'licences' })),
  ]
  const skus = wanted.length > 0 ? (await context.graph.skus.list()).filter(isAssignable) : []
  const results = wanted.map(({ licence, field }): Sku | Problem => {
    const sku = skus.find((s) => s.skuId === licence || s.skuPartNumber === licence)
    if (!sku) return { field, code: 'licence_unknown', data: { licence } }
    return sku.seatsLeft < 1 ? { field, code: 'no_seats', data: { licence: sku.name } } : sku
  })
  const problems = results.filter((r): r is Problem => 'code' in r)
  if (problems.length > 0) return problems
  const found = results.filter((r): r is Sku => !('code' in r))
  const licences = found.map((s, i) => ({ skuId: s.skuId, name: s.name, ...grantedBy(wanted[i]?.field) }))
  return { licences: [...new Map(licences.map((licence) => [licence.skuId, licence])).values()] }
}
