import type { ProvisionField } from '../../cards/provision.ts'
import type { Draft, Problem } from '../../services/operations/operation.ts'
import type { Deps } from '../deps.ts'
import { LOCATIONS } from '../forms/locations.ts'
import type { Turn } from '../turn.ts'
import { readDay, readFields } from './words.ts'

const NAMES: Record<string, ProvisionField> = {
  first: 'firstName',
  last: 'lastName',
  user: 'userName',
  username: 'userName',
  upn: 'userName',
  domain: 'domain',
  title: 'jobTitle',
  job: 'jobTitle',
  dept: 'department',
  department: 'department',
  manager: 'manager',
  location: 'usageLocation',
  country: 'usageLocation',
  template: 'template',
  role: 'template',
  group: 'groups',
  groups: 'groups',
  licence: 'licences',
  licences: 'licences',
  license: 'licences',
  licenses: 'licences',
  start: 'startDate',
  date: 'startDate',
  handover: 'handOver',
  mail: 'alternateMail',
  email: 'alternateMail',
  reason: 'reason',
  why: 'reason',
}

/** What was typed behind the command, as a form; `problems`: names nobody knows. */
export async function prefill(deps: Deps, turn: Turn, text: string): Promise<{ typed: Draft; problems: Problem[] }> {
  const { words, typed, problems } = readFields(text, NAMES)
  return { typed: await understood(deps, turn, { ...nameOf(words), ...typed }), problems }
}

function nameOf(words: string[]): Draft {
  if (words.length === 0) return {}
  if (words.length === 1) return { firstName: words[0] ?? '' }
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? '' }
}

/** Names where the form has ids, days in words where it has dates. What is not understood stays as it was typed. */
async function understood(deps: Deps, turn: Turn, typed: Draft): Promise<Draft> {
  const draft = { ...typed }
  if (draft['startDate']) draft['startDate'] = (await readDay(draft['startDate'], turn)) ?? draft['startDate']
  if (draft['groups']) {
    const groups = await deps.catalogue.groups()
    draft['groups'] = named(draft['groups'], (name) => groups.find((g) => same(g.displayName, name))?.id)
  }
  if (draft['licences']) {
    const skus = await deps.catalogue.licences()
    draft['licences'] = named(
      draft['licences'],
      (name) => skus.find((s) => same(s.name, name) || same(s.skuPartNumber, name))?.skuId,
    )
  }
  if (draft['template']) {
    const wanted = draft['template']
    draft['template'] = deps.policy.templates.find((t) => same(t.id, wanted) || same(t.name, wanted))?.id ?? wanted
  }
  if (draft['usageLocation']) draft['usageLocation'] = countryCode(draft['usageLocation'])
  return draft
}

/** By its code or its name, as the form has it. */
const countryCode = (typed: string): string =>
  LOCATIONS.find((l) => same(l.value, typed) || same(l.title, typed))?.value ?? typed

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const named = (list: string, idOf: (name: string) => string | undefined): string =>
  list
    .split(',')
    .map((name) => idOf(name.trim()) ?? name.trim())
    .join(',')
