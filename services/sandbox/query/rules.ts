import { malformed, unsupportedQuery } from '../errors.ts'
import type { Properties, Property } from '../schema/property.ts'
import type { Filter, Literal } from './filter.ts'

export interface Target {
  type: string
  properties: Properties
  directory: boolean
}

export const unknownProperty = (name: string, type: string, clause: string) =>
  malformed(`${clause}: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`)

const unsupported = (property: string, type: string) =>
  unsupportedQuery(
    `Unsupported or invalid query filter clause specified for property '${property}' of resource '${type}'.`,
  )

/**
 * Refuses a $filter that Microsoft's property descriptions don't document, and tells whether it is an advanced query
 * (ne, not, endsWith, $count), which needs `ConsistencyLevel: eventual` and `$count=true`.
 * @throws GraphFailure 400
 */
export function checkFilter(filter: Filter, target: Target): { advanced: boolean } {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const left = checkFilter(filter.left, target)
      const right = checkFilter(filter.right, target)
      return { advanced: left.advanced || right.advanced }
    }
    case 'not':
      checkFilter(filter.inner, target)
      return { advanced: true }
    case 'compare': {
      const counted = filter.path.includes('$count')
      allow(filter.path, target, counted ? 'count' : filter.operator, filter.value)
      return { advanced: filter.operator === 'ne' || counted }
    }
    case 'in':
      for (const value of filter.values) allow(filter.path, target, 'in', value)
      return { advanced: false }
    case 'text':
      allow(filter.path, target, TEXT[filter.test], filter.value)
      return { advanced: filter.test === 'endswith' }
    case 'some':
      allow(filter.path, target, innerOperator(filter.inner))
      return { advanced: innerOperator(filter.inner) === 'endsWith' }
  }
}

const TEXT = { startswith: 'startsWith', endswith: 'endsWith', contains: 'contains' } as const

function innerOperator(filter: Filter | undefined): string {
  if (filter?.kind === 'text') return TEXT[filter.test]
  if (filter?.kind === 'compare') return filter.operator
  return 'eq'
}

// oxlint-disable-next-line max-params -- path, target, operator and literal are one comparison
function allow(path: string[], target: Target, operator: string, value?: Literal): void {
  const [name = ''] = path
  const property = target.properties.get(name)
  if (property === undefined) throw unknownProperty(name, target.type, 'Invalid filter clause')
  if (value !== undefined && value !== null && path.length === 1) checkType(property, value)
  const asNull = operator === 'eq' && value === null
  const wanted = operator === 'gt' ? 'ge' : operator === 'lt' ? 'le' : operator
  const documented = property.filter.includes(wanted) || (asNull && property.filter.includes('null'))
  if (!documented) throw unsupported(name, target.type)
}

function checkType(property: Property, value: Literal): void {
  const wrong =
    (property.kind === 'boolean' && typeof value !== 'boolean') ||
    (property.kind === 'integer' && typeof value !== 'number') ||
    ((property.kind === 'string' || property.kind === 'date') && typeof value !== 'string')
  if (wrong) throw malformed(`Invalid filter clause: the value for '${property.name}' is not of its type.`)
}
