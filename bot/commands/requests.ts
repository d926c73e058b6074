import { requestsList } from '../../cards/requests.ts'
import type { Command } from './command.ts'
import { sendCard } from '../turn.ts'

export const requests: Command = {
  name: 'requests',
  aliases: ['mine'],
  async run(deps, turn) {
    const mine = await deps.requests.mine(turn.actor)
    await sendCard(turn, requestsList({ list: 'mine', ...mine, viewer: { ...reader(turn), role: 'requester' } }))
  },
}

export const approvals: Command = {
  name: 'approvals',
  aliases: ['approve', 'pending'],
  async run(deps, turn) {
    const waiting = await deps.requests.awaiting(turn.actor)
    await sendCard(
      turn,
      requestsList({ list: 'approvals', requests: waiting, viewer: { ...reader(turn), role: 'approver' } }),
    )
  },
}

const reader = (turn: Parameters<Command['run']>[1]) => ({
  person: { id: turn.actor.id },
  timeZone: turn.timeZone,
  locale: turn.locale,
  now: turn.now,
})
