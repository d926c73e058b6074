import type { Card, Choice } from '../../cards/card.ts'
import { HAND_OVER_WORDS } from '../../cards/words.ts'
import { PROVISION_FIELDS, provisionForm as render } from '../../cards/provision.ts'
import type { Draft } from '../../services/operations/operation.ts'
import type { Granted, ProvisionInput, TemplateField } from '../../services/operations/provision/input.ts'
import type { Request } from '../../services/requests/request.ts'
import type { Deps } from '../deps.ts'
import { problemText } from '../replies.ts'
import type { Form, FormState } from './form.ts'
import { LOCATIONS } from './locations.ts'

export const provisionForm: Form<ProvisionInput> = { fields: PROVISION_FIELDS, card, draftOf }

/** The form as it stands: what was typed, what is wrong with it, and what there is to choose from right now. */
async function card(deps: Deps, state: FormState): Promise<Card> {
  const [domains, groups, licences] = await Promise.all([
    deps.catalogue.domains(),
    deps.catalogue.groups(),
    deps.catalogue.licences(),
  ])
  const { policy } = deps
  const roleGroups = new Set(Object.values(policy.roles).flat())
  const managers = (state.problems ?? []).find((p) => p.field === 'manager' && p.candidates)?.candidates
  return render({
    form: state.form,
    values: {
      domain: policy.provision.domain ?? domains[0]?.id ?? '',
      usageLocation: (state.isSent ? undefined : policy.provision.usageLocation) ?? '',
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
    ...(state.preview ? { preview: state.preview } : {}),
  })
}

function draftOf(input: ProvisionInput, { reason }: Pick<Request, 'reason'>): Draft {
  const [userName = '', domain = ''] = input.userPrincipalName.split('@')
  // The template gives its own again, and another one gives others.
  const own = (field: TemplateField): string => (input.template?.gave?.includes(field) ? '' : (input[field] ?? ''))
  return {
    firstName: input.firstName,
    lastName: input.lastName,
    userName,
    domain,
    jobTitle: own('jobTitle'),
    department: own('department'),
    manager: input.manager?.userPrincipalName ?? '',
    usageLocation: input.usageLocation ?? '',
    template: input.template?.id ?? '',
    groups: beside(input.groups)
      .map((g) => g.id)
      .join(','),
    licences: beside(input.licences)
      .map((l) => l.skuId)
      .join(','),
    startDate: input.startDate ?? '',
    handOver: input.handOver,
    alternateMail: input.alternateMail ?? '',
    reason,
  }
}

const beside = <What>(granted: readonly Granted<What>[]): Granted<What>[] => granted.filter((g) => g.by !== 'template')
