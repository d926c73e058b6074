import type { Group } from '../../graph/index.ts'
import { isWritable } from '../../graph/index.ts'
import type { PlannedStep } from '../../requests/request.ts'
import { TO_SHARED } from '../../steps/shareMailbox.ts'
import type { DeactivateInput } from './input.ts'
import type { Survey } from './survey.ts'

/** Groups, mailbox, licences, devices. A licence, direct or by a group, goes only when the mailbox is safe. */
export function accessSteps(input: DeactivateInput, found: Survey): PlannedStep[] {
  const { userId } = input
  const convert =
    found.mailbox !== undefined && !LICENCE_FREE.includes(found.mailbox.purpose) && input.mailbox === 'shared'
  const keep = found.mailbox !== undefined && input.mailbox === 'keep'
  const writable = found.groups.filter(isWritable)
  const plain = writable.filter((g) => g.assignedLicenses.length === 0)
  const licensed = keep ? [] : writable.filter((g) => g.assignedLicenses.length > 0)
  const afterMailbox = convert ? { needs: ['mailbox'] } : {}
  const mailbox: PlannedStep = {
    id: 'mailbox',
    kind: 'share-mailbox',
    change: 'change',
    title: 'Mailbox',
    before: 'personal',
    after: 'shared (by hand)',
    args: { userId, to: 'shared' },
    instructions: TO_SHARED,
  }
  return [
    ...plain.map((group) => leave(userId, group)),
    ...(convert ? [mailbox] : []),
    ...licensed.map((group) => ({ ...leave(userId, group), note: 'gives licences', ...afterMailbox })),
    ...(keep ? [] : licences(input, found).map((step) => ({ ...step, ...afterMailbox }))),
    ...(input.devices ? devices(userId, found) : []),
  ]
}

/** Mailboxes that live on without a licence. */
const LICENCE_FREE = ['shared', 'room', 'equipment']

const leave = (userId: string, group: Group): PlannedStep => ({
  id: `group:${group.id}`,
  kind: 'leave-group',
  change: 'remove',
  title: 'Group',
  before: group.displayName,
  after: '',
  args: {
    userId,
    groupId: group.id,
    groupName: group.displayName,
    gives: group.assignedLicenses.map((l) => l.skuId).sort(),
  },
})

function licences({ userId }: DeactivateInput, { user, skuNames }: Survey): PlannedStep[] {
  const skuIds = (user.licenseAssignmentStates ?? [])
    .filter((s) => s.assignedByGroup === null)
    .map((s) => s.skuId)
    .sort()
  if (skuIds.length === 0) return []
  const names = skuIds.map((id) => skuNames.get(id) ?? id).join(', ')
  const args = { userId, skuIds, names }
  return [
    { id: 'licences', kind: 'remove-licences', change: 'remove', title: 'Licences', before: names, after: '', args },
  ]
}

const devices = (userId: string, found: Survey): PlannedStep[] =>
  found.devices
    .filter((device) => device.accountEnabled === true)
    .map((device) => {
      const name = device.displayName ?? 'Device'
      return {
        id: `device:${device.id}`,
        kind: 'set-device',
        change: 'change',
        title: 'Device',
        before: `${name}: enabled`,
        after: `${name}: disabled`,
        args: { userId, deviceId: device.id, name, enabled: false },
      }
    })
