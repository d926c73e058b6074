import type { Deps } from '../deps.ts'
import type { Turn } from '../turn.ts'
import type { Command } from './command.ts'
import { openForm } from './openForm.ts'

/** `undo LK-7F3K`: the way back, to be looked at, reasoned and approved. */
export const undo: Command = {
  name: 'undo',
  run: (deps, turn, rest) => openUndo(deps, turn, rest),
}

export const openUndo = (deps: Deps, turn: Turn, id: string): Promise<void> =>
  openForm(deps, turn, { operation: 'undo', typed: id ? { request: id.toUpperCase() } : {} })
