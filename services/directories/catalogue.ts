import type { Clock } from '../clock.ts'
import type { Domain, Graph, Group, Sku } from '../graph/index.ts'
import { isWritable } from '../graph/index.ts'

/** What a form offers to choose from. */
export interface Catalogue {
  /** Verified and managed: the ones in which an account can be made. The default one comes first. */
  domains(): Promise<Domain[]>
  /** Groups that Latchkey can write to, by name; at most 200. */
  groups(): Promise<Group[]>
  /** Licences that can be given to people, by name. */
  licences(): Promise<Sku[]>
}

const FRESH_MS = 60_000
const MOST_GROUPS = 200

/** Reads it from Graph and remembers it for a minute: what is sent is checked against Graph itself anyway. */
export function createCatalogue({ graph, clock }: { graph: Graph; clock: Clock }): Catalogue {
  const remembered = <T>(read: () => Promise<T>): (() => Promise<T>) => {
    let last: { at: number; value: Promise<T> } | undefined
    return () => {
      const now = clock.now().getTime()
      if (last && now - last.at < FRESH_MS) return last.value
      const value = read()
      last = { at: now, value }
      value.catch(() => (last = undefined))
      return value
    }
  }
  return {
    domains: remembered(async () => usableDomains(await graph.domains.list())),
    groups: remembered(() => writableGroups(graph)),
    licences: remembered(async () => (await graph.skus.list()).filter(isAssignable).sort(byName)),
  }
}

/** An account can be made only in a domain that is verified, and whose passwords Entra itself checks. */
export const usableDomains = (domains: Domain[]): Domain[] =>
  domains
    .filter((d) => d.isVerified && d.authenticationType === 'Managed')
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || a.id.localeCompare(b.id))

export const isAssignable = (sku: Sku): boolean => sku.assignableToUsers && !sku.suspended

async function writableGroups(graph: Graph): Promise<Group[]> {
  const groups: Group[] = []
  for await (const group of graph.groups.list()) {
    if (isWritable(group)) groups.push(group)
    if (groups.length === MOST_GROUPS) break
  }
  return groups.sort((a, b) => a.displayName.localeCompare(b.displayName))
}

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name)
