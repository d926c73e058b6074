import { malformed } from '../errors.ts'

export type Literal = string | number | boolean | null
export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'
export type TextTest = 'startswith' | 'endswith' | 'contains'

export type Filter =
  | { kind: 'and' | 'or'; left: Filter; right: Filter }
  | { kind: 'not'; inner: Filter }
  | { kind: 'compare'; path: string[]; operator: Comparison; value: Literal }
  | { kind: 'in'; path: string[]; values: Literal[] }
  | { kind: 'text'; path: string[]; test: TextTest; value: string }
  | { kind: 'some'; path: string[]; every: boolean; variable: string; inner: Filter | undefined }

const TOKEN =
  /\s+|'(?:[^']|'')*'|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?|-?\d+(?:\.\d+)?|\$?[a-z_][\w.]*|[(),:/]/giy
const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const COMPARISONS: readonly string[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le']
const TEXT_TESTS: readonly string[] = ['startswith', 'endswith', 'contains']

const syntax = (text: string, at: string) =>
  malformed(`Invalid filter clause: Syntax error at ${at} in '${text.slice(0, 200)}'.`)

/** Reads the part of OData's $filter that Graph's directory understands. @throws GraphFailure 400 on bad syntax */
export function parseFilter(text: string): Filter {
  const tokens = [...text.matchAll(TOKEN)].map(([token]) => token)
  if (tokens.join('') !== text) throw syntax(text, `position ${tokens.join('').length}`)
  const reader = createReader(
    tokens.filter((token) => token.trim() !== ''),
    text,
  )
  const filter = parseOr(reader)
  if (reader.peek() !== undefined) throw syntax(text, `'${reader.peek()}'`)
  return filter
}

interface Reader {
  peek(ahead?: number): string | undefined
  word(): string
  next(): string
  take(token: string): void
  fail(): never
}

function createReader(tokens: string[], text: string): Reader {
  let at = 0
  const reader: Reader = {
    peek: (ahead = 0) => tokens[at + ahead],
    word: () => (tokens[at] ?? '').toLowerCase(),
    next() {
      const token = tokens[at++]
      return token ?? reader.fail()
    },
    take(token) {
      if (tokens[at++] !== token) reader.fail()
    },
    fail() {
      throw syntax(text, tokens[at] === undefined ? 'the end' : `'${tokens[at]}'`)
    },
  }
  return reader
}

function parseOr(reader: Reader): Filter {
  let left = parseAnd(reader)
  while (reader.word() === 'or') {
    reader.next()
    left = { kind: 'or', left, right: parseAnd(reader) }
  }
  return left
}

function parseAnd(reader: Reader): Filter {
  let left = parseUnary(reader)
  while (reader.word() === 'and') {
    reader.next()
    left = { kind: 'and', left, right: parseUnary(reader) }
  }
  return left
}

function parseUnary(reader: Reader): Filter {
  if (reader.word() === 'not') {
    reader.next()
    return { kind: 'not', inner: parseUnary(reader) }
  }
  if (reader.peek() === '(') {
    reader.next()
    const inner = parseOr(reader)
    reader.take(')')
    return inner
  }
  if (TEXT_TESTS.includes(reader.word()) && reader.peek(1) === '(') return parseTextTest(reader)
  return parseComparison(reader)
}

function parseTextTest(reader: Reader): Filter {
  const test = reader.next().toLowerCase() as TextTest
  reader.take('(')
  const path = parsePath(reader)
  reader.take(',')
  const value = literal(reader)
  reader.take(')')
  if (typeof value !== 'string') return reader.fail()
  const parsed: Filter = { kind: 'text', path, test, value }
  if (reader.word() !== 'eq') return parsed
  reader.next()
  return literal(reader) === true ? parsed : { kind: 'not', inner: parsed }
}

function parseComparison(reader: Reader): Filter {
  const path = parsePath(reader)
  const last = path.at(-1)
  if ((last === 'any' || last === 'all') && reader.peek() === '(') return parseLambda(reader, path)
  const operator = reader.next().toLowerCase()
  if (operator === 'in') return { kind: 'in', path, values: parseList(reader) }
  if (!COMPARISONS.includes(operator)) return reader.fail()
  return { kind: 'compare', path, operator: operator as Comparison, value: literal(reader) }
}

function parseLambda(reader: Reader, path: string[]): Filter {
  const every = path.at(-1) === 'all'
  const some = { kind: 'some', path: path.slice(0, -1), every } as const
  reader.take('(')
  if (reader.peek() === ')') {
    reader.next()
    return { ...some, variable: '', inner: undefined }
  }
  const variable = reader.next()
  reader.take(':')
  const inner = parseOr(reader)
  reader.take(')')
  return { ...some, variable, inner }
}

function parseList(reader: Reader): Literal[] {
  reader.take('(')
  const values = [literal(reader)]
  while (reader.peek() === ',') {
    reader.next()
    values.push(literal(reader))
  }
  reader.take(')')
  return values
}

function parsePath(reader: Reader): string[] {
  const path = [reader.next()]
  while (reader.peek() === '/') {
    reader.next()
    path.push(reader.next())
  }
  return /^\$?[a-z_]/i.test(path[0] ?? '') ? path : reader.fail()
}

function literal(reader: Reader): Literal {
  const token = reader.next()
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'")
  if (/^(true|false)$/i.test(token)) return token.toLowerCase() === 'true'
  if (/^null$/i.test(token)) return null
  if (GUID.test(token) || /^\d{4}-/.test(token)) return token
  if (/^-?\d/.test(token)) return Number(token)
  return reader.fail()
}
