import type { AutomaticReplies } from '../../graph/index.ts'
import { isWritable } from '../../graph/index.ts'
import type { Person, PlannedStep } from '../../requests/request.ts'
import { isSame } from '../../steps/autoReply.ts'
import { TO_HIDE } from '../../steps/addressList.ts'
import type { DeactivateInput } from './input.ts'
import type { Survey } from './survey.ts'

/** What others need from the one who leaves: a reply, a manager for their people, an owner for their groups, a decision. */
export function handOverSteps(input: DeactivateInput, found: Survey): PlannedStep[] {
  const { userId } = input
  const hide: PlannedStep = {
    id: 'address-list',
    kind: 'address-list',
    change: 'change',
    title: 'Address list',
    before: 'shown',
    after: 'hidden (by hand)',
    args: { userId, show: false },
    instructions: TO_HIDE,
  }
  return [
    ...reply(input, found),
    ...(found.mailbox && found.user.showInAddressList !== false ? [hide] : []),
    ...(input.successor ? toSuccessor(input, found, input.successor) : []),
    {
      id: 'approvals',
      kind: 'reroute-approvals',
      change: 'change',
      title: 'Approvals',
      before: 'waiting for them',
      after: 'passed on',
      args: { userId },
      ...(found.waiting > 0 ? { note: `${found.waiting} wait now` } : {}),
    },
  ]
}

function reply({ userId, autoReply }: DeactivateInput, { mailbox }: Survey): PlannedStep[] {
  if (!mailbox || autoReply === '') return []
  const setting: AutomaticReplies = {
    status: 'alwaysEnabled',
    externalAudience: 'all',
    internalReplyMessage: autoReply,
    externalReplyMessage: autoReply,
  }
  if (isSame(mailbox.autoReply, setting)) return []
  const before = mailbox.autoReply === null || mailbox.autoReply.status === 'disabled' ? 'off' : 'another one'
  return [
    {
      id: 'auto-reply',
      kind: 'auto-reply',
      change: 'change',
      title: 'Auto-reply',
      before,
      after: autoReply,
      args: { userId, setting },
    },
  ]
}

function toSuccessor(input: DeactivateInput, found: Survey, successor: Person): PlannedStep[] {
  const { userId } = input
  const reports = found.reports.flatMap((report): PlannedStep[] => {
    // Nobody reports to themselves: who takes over reports to whom the leaver did.
    const heir = report.id === successor.id ? input.manager : successor
    if (!heir) return []
    return [
      {
        id: `report:${report.id}`,
        kind: 'set-manager',
        change: 'change',
        title: `${report.displayName}'s manager`,
        before: input.name,
        after: heir.name,
        args: { userId: report.id, managerId: heir.id },
      },
    ]
  })
  const owned = found.owned
    .filter(({ group }) => isWritable(group))
    .flatMap(({ group, ownerIds }) => {
      const of = { groupId: group.id, groupName: group.displayName }
      // Only the sole owner has to be replaced; where others own it too, leaving is enough.
      const isSole = ownerIds.every((id) => id === userId)
      const add: PlannedStep = {
        id: `owner:${group.id}:new`,
        kind: 'add-owner',
        change: 'add',
        title: 'Owner',
        before: '',
        after: `${successor.name}: ${group.displayName}`,
        args: { ...of, userId: successor.id, personName: successor.name },
      }
      const remove: PlannedStep = {
        id: `owner:${group.id}:old`,
        kind: 'remove-owner',
        change: 'remove',
        title: 'Owner',
        before: `${input.name}: ${group.displayName}`,
        after: '',
        args: { ...of, userId, personName: input.name },
        ...(isSole ? { needs: [add.id] } : {}),
      }
      return isSole ? [add, remove] : [remove]
    })
  return [...reports, ...owned]
}
