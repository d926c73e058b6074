import { isCountry } from '../../directories/countries.ts'
import { usableDomains } from '../../directories/catalogue.ts'
import type { Template } from '../../approvals/policy.ts'
import type { Checked, Draft, PlanContext, Problem } from '../operation.ts'
import { checkHandOver } from './checkHandOver.ts'
import { checkGroups, checkLicences } from './checkAccess.ts'
import { checkManager } from './checkManager.ts'
import { checkUserName } from './checkUserName.ts'
import type { ProvisionInput, TemplateField } from './input.ts'
import { startOn } from './start.ts'
import { clean } from '../text.ts'

/** Longest value of each property. @see learn: graph/api/resources/user */
const LONGEST = { firstName: 64, lastName: 64, jobTitle: 128, department: 64, reason: 1000 } as const

/** Makes a checked input of a form, or says everything that is wrong with it at once. */
export async function check(draft: Draft, context: PlanContext): Promise<Checked<ProvisionInput>> {
  const problems: Problem[] = []
  const text = (field: keyof typeof LONGEST, required = false): string => {
    const value = clean(draft[field])
    if (required && value === '') problems.push({ field, code: 'required' })
    if (value.length > LONGEST[field])
      problems.push({ field, code: 'too_long', data: { most: String(LONGEST[field]) } })
    return value
  }
  const keep = <T extends object>(result: T | Problem | Problem[]): T | undefined => {
    if (Array.isArray(result)) problems.push(...result)
    else if ('code' in result) problems.push(result)
    else return result
    return undefined
  }

  const firstName = text('firstName', true)
  const lastName = text('lastName', true)
  const [jobTitle, department] = [text('jobTitle'), text('department')]
  text('reason', true)

  const template = context.policy.templates.find((t) => t.id === clean(draft['template']))
  if (!template && clean(draft['template']) !== '') problems.push({ field: 'template', code: 'template_unknown' })

  const domains = usableDomains(await context.graph.domains.list())
  const [userName, manager, groups, licences, handOver] = await Promise.all([
    checkUserName(draft, { firstName, lastName, domains }, context),
    checkManager(clean(draft['manager']), context),
    checkGroups(draft, template, context),
    checkLicences(draft, template, context),
    checkHandOver(draft, context),
  ])
  const start = startOn(clean(draft['startDate']), {
    zone: context.timeZone,
    now: context.now,
    time: context.policy.provision.startTime,
    maxDaysAhead: context.policy.provision.maxDaysAhead,
  })
  const checked = {
    userName: keep(userName),
    manager: keep(manager),
    groups: keep(groups),
    licences: keep(licences),
    handOver: keep(handOver),
    start: keep(start),
  }
  const [localPart = '', domain = ''] = checked.userName?.userPrincipalName.split('@') ?? []
  const proposed: Draft = checked.userName ? { userName: localPart, domain } : {}
  const usageLocation = clean(draft['usageLocation']).toUpperCase()
  const needsLocation = (checked.licences?.licences.length ?? 0) > 0 || checked.groups?.givesLicence === true
  if (usageLocation !== '' && !isCountry(usageLocation))
    problems.push({
      field: 'usageLocation',
      code: 'bad_usage_location',
      data: { typed: clean(draft['usageLocation']) },
    })
  if (usageLocation === '' && needsLocation) problems.push({ field: 'usageLocation', code: 'usage_location_needed' })

  if (problems.length > 0 || !checked.userName || !checked.groups || !checked.licences || !checked.handOver) {
    return { ok: false, problems, proposed }
  }
  const input: ProvisionInput = {
    firstName,
    lastName,
    displayName: `${firstName} ${lastName}`,
    userPrincipalName: checked.userName.userPrincipalName,
    ...filled({ jobTitle, department }, template),
    ...checked.manager,
    ...(usageLocation ? { usageLocation } : {}),
    groups: checked.groups.groups,
    licences: checked.licences.licences,
    ...checked.start,
    ...checked.handOver,
  }
  return { ok: true, input, proposed }
}

/** What was left open is what the template says. */
function filled(
  typed: Record<TemplateField, string>,
  template: Template | undefined,
): Pick<ProvisionInput, TemplateField | 'template'> {
  const gave = FROM_TEMPLATE.filter((field) => typed[field] === '' && template?.[field])
  const values = FROM_TEMPLATE.map((field) => [field, typed[field] || template?.[field]] as const)
  return {
    ...Object.fromEntries(values.filter(([, value]) => value)),
    ...(template ? { template: { id: template.id, name: template.name, gave } } : {}),
  }
}

const FROM_TEMPLATE: readonly TemplateField[] = ['jobTitle', 'department']
