import { isObjectId } from '../directories/objectId.ts'
import type { Graph } from '../graph/index.ts'
import type { Policy, StagePolicy } from './policy.ts'

/**
 * Every group that decides who may ask and who must approve has to be in the directory: without it nobody could, and no
 * turn would come to an end. @throws Error whose message names file, place and remedy, line by line
 */
export async function requireGroups(policy: Policy, { graph, file }: { graph: Graph; file: string }): Promise<void> {
  const complaints = await Promise.all(
    named(policy).map(async ({ place, group }) => {
      const found = await matching(graph, group)
      return found === 1 ? [] : [`  ${place}: ${found === 0 ? 'no group is' : `${found} groups are`} called "${group}"`]
    }),
  )
  if (complaints.flat().length === 0) return
  throw new Error(
    [`${file} does not fit the directory:`, ...complaints.flat(), 'Put the object id of the group there.'].join('\n'),
  )
}

async function matching(graph: Graph, group: string): Promise<number> {
  if (isObjectId(group)) return (await graph.groups.get(group)) ? 1 : 0
  return (await graph.groups.findByName(group)).length
}

interface Named {
  place: string
  group: string
}

function named({ roles, operations }: Policy): Named[] {
  const inRoles = Object.entries(roles).flatMap(([role, groups]) =>
    groups.map((group) => ({ place: `roles.${role}`, group })),
  )
  const inStages = Object.entries(operations).flatMap(([operation, rounds]) =>
    Object.entries(rounds).flatMap(([kind, stages]: [string, StagePolicy[]]) =>
      stages.flatMap((stage, i) => askedIn(stage, `operations.${operation}.${kind}.${i}`)),
    ),
  )
  return [...inRoles, ...inStages]
}

const GROUP = 'group:'

const askedIn = ({ who, fallback }: StagePolicy, place: string): Named[] =>
  Object.entries({ who, fallback }).flatMap(([field, people]) =>
    people
      .filter((one) => one.startsWith(GROUP))
      .map((one) => ({ place: `${place}.${field}`, group: one.slice(GROUP.length) })),
  )
