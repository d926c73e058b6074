import type { HistoryKind } from '../services/history/index.ts'

/** A verb for everything that history records: total, like the replies. */
export const HISTORY_WORDS: Record<HistoryKind, string> = {
  'request.created': 'asked for',
  'request.approved': 'approved',
  'request.rejected': 'rejected',
  'request.reassigned': 'reassigned',
  'request.withdrawn': 'withdrew',
  'request.expired': 'had no answer in time for',
  'request.scheduled': 'scheduled',
  'request.started': 'started',
  'request.finished': 'ended',
  'request.drifted': 'asked again, as the directory had changed, about',
  'request.retried': 'tried again',
  'approver.not_reached': 'could not reach an approver of',
  'step.finished': 'verified step',
  'secret.revealed': 'opened the first sign-in of',
  'secret.renewed': 'renewed the first sign-in of',
  'directory.connected': 'connected a directory',
  'directory.disconnected': 'disconnected a directory',
  'history.exported': 'exported the history',
  'history.pruned': 'pruned the history',
}
