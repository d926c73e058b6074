import type { AutomaticReplies, Device, MethodKind, User } from '../../graph/index.ts'
import type { PlanContext } from '../operation.ts'
import { type Standing, standingOf } from '../standing.ts'

/** Everything about a person that leaving touches, read in one go. */
export interface Survey extends Standing {
  user: User
  reports: User[]
  devices: Device[]
  methods: MethodKind[]
  mailbox: { purpose: string; autoReply: AutomaticReplies | null } | undefined
  /** Names of licences by SKU id. */
  skuNames: Map<string, string>
  waiting: number
  soleRoles: string[]
}

export async function survey(user: User, context: PlanContext): Promise<Survey> {
  const { graph } = context
  const [standing, reports, devices, methods, settings, skus, waiting, soleRoles] = await Promise.all([
    standingOf(user.id, context),
    graph.users.directReports(user.id),
    graph.devices.of(user.id),
    graph.authentication.methods(user.id),
    graph.users.mailboxSettings(user.id),
    graph.skus.list(),
    context.waitingFor(user.id),
    context.soleRoles(user.id),
  ])
  return {
    ...standing,
    user,
    reports: reports.sort((a, b) => a.displayName.localeCompare(b.displayName)),
    devices,
    methods: methods.map((m) => m.kind),
    mailbox: settings && {
      purpose: settings.userPurpose ?? 'user',
      autoReply: settings.automaticRepliesSetting ?? null,
    },
    skuNames: new Map(skus.map((s) => [s.skuId, s.name])),
    waiting,
    soleRoles,
  }
}
