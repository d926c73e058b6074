/** A path that knows its template, so that errors and metrics can name the operation without naming people. */
export interface Path {
  /** Encoded, relative to the version root: `/users/s.o%27brien%40contoso.com`. */
  readonly url: string
  /** `/users/{id}` */
  readonly template: string
}

/** Query options, unencoded: `{ $select: 'id', $filter: "displayName eq 'O''Brien'" }`. Undefined ones are left out. */
export type Query = Record<string, string | number | undefined>

/** path`/users/${id}/manager`: every value is encoded as one segment. */
export function path(strings: TemplateStringsArray, ...values: string[]): Path {
  return {
    url: String.raw({ raw: strings }, ...values.map(segment)),
    template: String.raw({ raw: strings }, ...values.map(() => '{id}')),
  }
}

/** Encodes the apostrophe too: it is legal in a UPN, and OData reads it as a quote. */
function segment(value: string): string {
  if (/^\.{0,2}$/.test(value)) throw new TypeError('An empty or dotted id would address something else in Graph.')
  return encodeURIComponent(value).replaceAll("'", '%27')
}

export function withQuery(url: string, query: Query): string {
  const options = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return options.length === 0 ? url : `${url}?${options.join('&')}`
}

/** An OData string literal: `O'Brien` → `'O''Brien'`. */
export function quote(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

/** A `$search` clause: `"displayName:text"`. Quotes and backslashes cannot match anything and would end the clause. */
export function searchClause(property: string, text: string): string {
  return `"${property}:${text.replace(/["\\]/g, ' ').trim()}"`
}
