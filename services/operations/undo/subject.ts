import type { Request, Subject } from '../../requests/request.ts'

/** Whom a request was about, with the object id that an account got only when it was made. */
export function subjectOf(original: Request): Subject {
  const id = original.subject.id ?? original.facts['userId']
  return { ...original.subject, ...(id ? { id } : {}) }
}
