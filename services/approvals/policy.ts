import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { isCountry } from '../directories/countries.ts'
import { isObjectId } from '../directories/objectId.ts'

/** Seconds, from "30m", "8h", "3d". */
const duration = z
  .string()
  .regex(/^0*[1-9]\d*[mhd]$/, 'write a number and m, h or d, such as 30m, 8h or 3d')
  .transform((text) => Number(text.slice(0, -1)) * { m: 60, h: 3600, d: 86_400 }[text.slice(-1) as 'm' | 'h' | 'd'])

/** An Entra group: its object id or, in the sandbox only, its display name. */
const group = z.string().min(1)

const who = z
  .string()
  .regex(/^(manager|role:(helpdesk|approver|admin)|group:.+|person:.+)$/, {
    message: 'write manager, role:approver, role:admin, group:<object id> or person:<user name>',
  })
  .transform((text) => text as Who)

/** Who is asked: the manager of the person concerned, everyone with a role, the members of a group, or one person. */
export type Who = 'manager' | `role:${Role}` | `group:${string}` | `person:${string}`
export type Role = 'helpdesk' | 'approver' | 'admin'

const stage = z.strictObject({
  name: z.string().min(1),
  who: z.array(who).min(1),
  fallback: z.array(who).default([]),
  approvals: z.int().min(1).default(1),
  within: duration,
  remind: duration.optional(),
})

const staged = z.strictObject({ stages: z.array(stage).min(1) })

const handOverWay = z.enum(['temporary-access-pass', 'temporary-password', 'activation-mail'])

const methodKind = z.enum([
  'phone',
  'email',
  'fido2',
  'microsoftAuthenticator',
  'softwareOath',
  'windowsHelloForBusiness',
  'platformCredential',
  'temporaryAccessPass',
])

const template = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and hyphens'),
  name: z.string().min(1),
  jobTitle: z.string().optional(),
  department: z.string().optional(),
  groups: z.array(group).default([]),
  licences: z.array(z.string()).default([]),
})

export const policySchema = z.strictObject({
  version: z.literal(1),
  roles: z.strictObject({
    helpdesk: z.array(group).min(1),
    approver: z.array(group).min(1),
    admin: z.array(group).min(1),
  }),
  operations: z.strictObject({
    provision: staged,
    deactivate: staged.extend({
      /** For people who hold a directory role or belong to a role-assignable group. Without it they are refused. */
      protected: z.array(stage).default([]),
      /** For an urgent leaver: one approval of whoever is quickest. */
      urgent: z.array(stage).default([]),
    }),
    reactivate: staged,
    undo: staged,
  }),
  provision: z.strictObject({
    domain: z.string().optional(),
    usageLocation: z.string().refine(isCountry, 'two capital letters of a country, such as GB').optional(),
    startTime: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 07:00')
      .default('07:00'),
    maxDaysAhead: z.int().min(1).default(180),
    markAttribute: z
      .string()
      .regex(/^extensionAttribute([1-9]|1[0-5])$/, 'extensionAttribute1 to extensionAttribute15')
      .default('extensionAttribute15'),
  }),
  deactivate: z
    .strictObject({
      removeMethods: z.array(methodKind).default([]),
      autoReply: z.string().default(''),
      mailbox: z.enum(['shared', 'keep', 'none']).default('shared'),
      deleteAfterDays: z.int().min(0).max(3650).default(0),
      /** People who are never deactivated, by user name or object id: break-glass accounts. */
      never: z.array(z.string()).default([]),
    })
    .refine((d) => d.deleteAfterDays === 0 || d.mailbox === 'none', {
      path: ['deleteAfterDays'],
      message: 'deleting the account takes its mailbox with it: set mailbox to none, or deleteAfterDays to 0',
    }),
  handOver: z.strictObject({
    offered: z.array(handOverWay).min(1),
    entitled: z.enum(['manager', 'requester']).default('manager'),
    passLifetime: duration,
    mailFrom: z.string().optional(),
  }),
  templates: z.array(template).superRefine(refuseTwins).default([]),
})

/** Of two templates of one id, only the first could ever be chosen. */
function refuseTwins(templates: { id: string }[], context: z.RefinementCtx): void {
  templates.forEach(({ id }, i) => {
    if (templates.findIndex((t) => t.id === id) < i)
      context.addIssue({ code: 'custom', path: [i, 'id'], message: 'another template has this id' })
  })
}

export type Policy = z.infer<typeof policySchema>
export type StagePolicy = z.infer<typeof stage>
export type Template = Policy['templates'][number]
export type HandOverWay = z.infer<typeof handOverWay>

/**
 * Reads and checks the policy file (YAML).
 * @param options.pinned groups must be object ids: a display name can be taken by anybody who may create a group.
 * @throws Error whose message names file, place and remedy, line by line.
 */
export async function loadPolicy(file: string, options: { pinned: boolean }): Promise<Policy> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`POLICY_FILE: ${file} cannot be read. Name a readable YAML file.`, { cause })
  })
  return parsePolicy(text, { ...options, file })
}

/** As `loadPolicy`, from text. */
export function parsePolicy(text: string, options: { pinned: boolean; file: string }): Policy {
  const result = policySchema.safeParse(readYaml(text, options.file))
  if (!result.success) throw new Error(complaints(options.file, result.error.issues))
  const named = options.pinned ? namedGroups(result.data) : []
  if (named.length > 0) {
    throw new Error(
      `${options.file}: in production groups are given by object id, as a display name can be taken by anybody who may ` +
        `create a group. Replace: ${named.join(', ')}.`,
    )
  }
  return result.data
}

function readYaml(text: string, file: string): unknown {
  try {
    return parse(text)
  } catch (cause) {
    const where = cause instanceof Error ? cause.message : ''
    throw new Error(`${file} is not a valid policy, as it is not valid YAML: ${where}`, { cause })
  }
}

function complaints(file: string, issues: { path: PropertyKey[]; message: string }[]): string {
  return [
    `${file} is not a valid policy:`,
    ...issues.map((i) => `  ${i.path.map(String).join('.') || '(top)'}: ${i.message}`),
  ].join('\n')
}

function namedGroups(policy: Policy): string[] {
  const { provision, deactivate, reactivate, undo } = policy.operations
  const stages = [
    ...[provision, deactivate, reactivate, undo].flatMap((o) => o.stages),
    ...deactivate.protected,
    ...deactivate.urgent,
  ]
  const inStages = stages.flatMap((s) => [...s.who, ...s.fallback]).filter((w) => w.startsWith('group:'))
  return [...Object.values(policy.roles).flat(), ...inStages.map((w) => w.slice('group:'.length))].filter(
    (g) => !isObjectId(g),
  )
}
