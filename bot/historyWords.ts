import type { OperationName } from '../services/operations/operation.ts'
import type { HistoryKind } from '../services/history/index.ts'

/** A verb for everything that history records: total, like the replies. */
export const HISTORY_WORDS: Record<HistoryKind, string> = {
  'request.created': 'asked for the',
  'request.approved': 'approved the',
  'request.rejected': 'rejected the',
  'request.reassigned': 'reassigned the',
  'request.withdrawn': 'withdrew the',
  'request.expired': 'had no answer in time about the',
  'request.scheduled': 'scheduled the',
  'request.started': 'started the',
  'request.finished': 'finished the',
  'request.drifted': 'asked again, as the directory had changed, about the',
  'request.retried': 'retried the',
  'approver.not_reached': 'could not reach an approver of the',
  'decision.struck': 'did not count a decision, as who made it may not decide any more, on the',
  'request.undone': 'marked as undone the',
  'step.ticked': 'ticked off',
  'step.finished': 'worked on',
  'secret.revealed': 'opened the first sign-in of',
  'secret.renewed': 'renewed the first sign-in of',
  'directory.connected': 'connected a directory',
  'directory.disconnected': 'disconnected a directory',
  'history.exported': 'exported the history',
  'history.pruned': 'pruned the history',
}

/** What was asked for, before the person's name. */
export const OPERATION_NOUNS: Record<OperationName, string> = {
  provision: 'new account for',
  deactivate: 'deactivation of',
  reactivate: 'reactivation of',
  undo: 'undo about',
}

/** A step ends in one of these. */
export const STEP_WORDS: Record<string, string> = {
  done: 'did and verified',
  already: 'found already so',
  failed: 'failed at',
  skipped: 'skipped',
  undone: 'undid',
}

/** How a request ended, where the code is not the word. */
export const ENDING_WORDS: Record<string, string> = { partial: 'partly done' }
