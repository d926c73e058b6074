import { DateTime } from 'luxon'
import type { Card, Choice } from '../../cards/card.ts'
import { HAND_OVER_WORDS } from '../../cards/words.ts'
import { provisionForm } from '../../cards/provision.ts'
import type { Draft, Problem } from '../../services/operations/operation.ts'
import type { Plan } from '../../services/requests/request.ts'
import type { Deps } from '../deps.ts'
import { problemText } from '../replies.ts'
import type { Turn } from '../turn.ts'
import { LOCATIONS } from './locations.ts'

export interface FormState {
  form: string
  draft: Draft
  problems?: Problem[]
  preview?: Plan
}

/** The form as it stands: what was typed, what is wrong with it, and what there is to choose from right now. */
export async function provisionFormCard(deps: Deps, turn: Turn, state: FormState): Promise<Card> {
  const [domains, groups, licences] = await Promise.all([
    deps.catalogue.domains(),
    deps.catalogue.groups(),
    deps.catalogue.licences(),
  ])
  const { policy } = deps
  const roleGroups = new Set(Object.values(policy.roles).flat())
  const managers = (state.problems ?? []).find((p) => p.field === 'manager' && p.candidates)?.candidates
  return provisionForm({
    form: state.form,
    values: {
      domain: policy.provision.domain ?? domains[0]?.id ?? '',
      usageLocation: policy.provision.usageLocation ?? '',
      handOver: policy.handOver.offered[0] ?? '',
      ...state.draft,
    },
    problems: (state.problems ?? []).map((p) => ({ field: p.field, text: problemText(p) })),
    choices: {
      domains: domains.map((d) => ({ title: d.id, value: d.id })),
      locations: LOCATIONS,
      templates: policy.templates.map((t) => ({ title: t.name, value: t.id })),
      groups: groups
        .filter((g) => !roleGroups.has(g.id) && !roleGroups.has(g.displayName))
        .map((g) => ({ title: g.displayName, value: g.id })),
      licences: licences.map((s) => ({ title: s.name, value: s.skuId, seatsLeft: s.seatsLeft })),
      handOver: policy.handOver.offered.map((way): Choice => ({ title: HAND_OVER_WORDS[way], value: way })),
      ...(managers ? { managers: managers.map((c) => ({ title: c.label, value: c.id })) } : {}),
    },
    earliest: DateTime.fromJSDate(turn.now, { zone: turn.timeZone }).toISODate() ?? '',
    ...(state.preview ? { preview: state.preview } : {}),
  })
}
