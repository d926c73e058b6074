import { findPerson } from '../../directories/people.ts'
import type { Person } from '../../requests/request.ts'
import type { PlanContext, Problem } from '../operation.ts'

/** Nobody is fine (policy then asks the fallback); somebody unknown, disabled or ambiguous is not. */
export async function checkManager(typed: string, context: PlanContext): Promise<{ manager?: Person } | Problem> {
  if (typed === '') return {}
  const found = await findPerson(context.graph, typed)
  const field = 'manager'
  switch (found.is) {
    case 'one':
      return { manager: found.person }
    case 'many':
      return {
        field,
        code: 'person_ambiguous',
        data: { typed },
        candidates: found.people.map((p) => ({ id: p.id, label: `${p.name} (${p.userPrincipalName})` })),
      }
    case 'disabled':
      return { field, code: 'person_disabled', data: { name: found.person.name } }
    case 'none':
      return { field, code: 'person_unknown', data: { typed } }
  }
}
