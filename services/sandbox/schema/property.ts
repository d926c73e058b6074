export type Kind = 'string' | 'boolean' | 'integer' | 'date' | 'strings' | 'objects' | 'object'

export interface Property {
  name: string
  kind: Kind
  /** Operators that Microsoft documents for $filter; `null` means "eq on null values". Empty: not filterable. */
  filter: readonly string[]
  byDefault: boolean
  readOnly: boolean
  nullable: boolean
}

export type Properties = ReadonlyMap<string, Property>

/** `[kind, filter operators, names]`; a name ends in `*` when it comes without $select, in `!` when it is read-only. */
export type Row = readonly [kind: Kind | `${Kind} required`, filter: string, names: string]

export function properties(rows: readonly Row[]): Properties {
  const all = new Map<string, Property>()
  for (const [kind, filter, names] of rows) {
    for (const marked of names.split(' ')) {
      const name = marked.replace(/[*!]/g, '')
      all.set(name, {
        name,
        kind: kind.replace(' required', '') as Kind,
        filter: filter.split(' ').filter(Boolean),
        byDefault: marked.includes('*'),
        readOnly: marked.includes('!'),
        nullable: !kind.endsWith(' required'),
      })
    }
  }
  return all
}
