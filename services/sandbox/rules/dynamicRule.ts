import type { Json } from '../http.ts'

const CONDITION = /^\(*\s*user\.(\w+)\s+-(eq|ne|startsWith|contains)\s+(?:"([^"]*)"|(true|false|null))\s*\)*$/i

/**
 * Evaluates the simple membership rules: `user.department -eq "Sales"`, joined by `-and` and `-or` (`-and` binds
 * tighter, no nesting). A rule outside that matches nobody.
 */
export function ruleHolds(rule: unknown, user: Json): boolean {
  if (typeof rule !== 'string') return false
  return rule.split(/\s+-or\s+/i).some((part) => part.split(/\s+-and\s+/i).every((condition) => holds(condition, user)))
}

function holds(condition: string, user: Json): boolean {
  const [, property = '', operator, text, bare] = CONDITION.exec(condition.trim()) ?? []
  const wanted = (text ?? bare ?? '').toLowerCase()
  const raw = user[property]
  const value = (typeof raw === 'string' || typeof raw === 'boolean' ? String(raw) : 'null').toLowerCase()
  switch (operator?.toLowerCase()) {
    case 'eq':
      return value === wanted
    case 'ne':
      return value !== wanted
    case 'startswith':
      return value.startsWith(wanted)
    case 'contains':
      return value.includes(wanted)
    default:
      return false
  }
}
