import type { Draft } from '../../services/operations/operation.ts'
import type { Command } from './command.ts'
import { openForm } from './openForm.ts'
import { readDay, readFields } from './words.ts'

const NAMES: Record<string, string> = {
  person: 'person',
  on: 'startDate',
  date: 'startDate',
  start: 'startDate',
  at: 'startTime',
  time: 'startTime',
  to: 'successor',
  successor: 'successor',
  mailbox: 'mailbox',
  reason: 'reason',
  why: 'reason',
}

/** `deactivate adele`, `deactivate adele on=friday at=18:00 to=megan`, `deactivate adele urgent`. */
export const deactivate: Command = {
  name: 'deactivate',
  aliases: ['disable', 'offboard', 'leave'],
  async run(deps, turn, rest) {
    const { words, typed: named, problems } = readFields(rest, NAMES, ['urgent'])
    const urgent = words.some((w) => w.toLowerCase() === 'urgent')
    const person = words.filter((w) => w.toLowerCase() !== 'urgent').join(' ')
    const typed: Draft = { ...(person ? { person } : {}), ...(urgent ? { urgent: 'true' } : {}), ...named }
    if (typed['startDate']) typed['startDate'] = (await readDay(typed['startDate'], turn)) ?? typed['startDate']
    await openForm(deps, turn, { operation: 'deactivate', typed, problems })
  },
}

export const reactivate: Command = {
  name: 'reactivate',
  aliases: ['enable', 'rehire'],
  run: (deps, turn, rest) => openForm(deps, turn, { operation: 'reactivate', typed: rest ? { person: rest } : {} }),
}
