import type { Tenant } from '../state.ts'
import type { Properties } from './property.ts'

/** How records of one kind are read, selected, filtered and expanded. */
export interface Shape<T> {
  /** Entity type without the namespace, e.g. `user`. */
  type: string
  properties: Properties
  read: (record: T, property: string, tenant: Tenant) => unknown
  /** Names that $expand understands: the keys of `expand`. */
  navigations?: string[]
  expand?: Record<string, (record: T, tenant: Tenant) => Item | Item[] | undefined>
  /** Directory objects obey the advanced-query rules and page sizes of Microsoft Entra ID. */
  directory: boolean
}

/** A record together with its shape, so that lists may mix users, groups, roles and devices. */
export interface Item {
  id: string
  type: string
  properties: Properties
  directory: boolean
  read(property: string): unknown
  expand(navigation: string): Item | Item[] | undefined
  navigations: string[]
}

export function item<T extends { id: string }>(shape: Shape<T>, record: T, tenant: Tenant): Item {
  return {
    id: record.id,
    type: shape.type,
    properties: shape.properties,
    directory: shape.directory,
    read(property) {
      return shape.read(record, property, tenant)
    },
    expand(navigation) {
      return shape.expand?.[navigation]?.(record, tenant)
    },
    navigations: shape.navigations ?? [],
  }
}

/** A shape for plain records: the property is read as it lies there. */
export function plainShape<T extends { id: string }>(type: string, props: Properties, directory = false): Shape<T> {
  return {
    type,
    properties: props,
    directory,
    read: (record, property) => (record as Record<string, unknown>)[property],
  }
}
