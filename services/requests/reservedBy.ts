import type { Request } from './request.ts'

/** What nobody else may ask for while this is open: the new user name, the request to be undone, the person to be changed. */
export function reservedBy({ operation, subject, undoes }: Pick<Request, 'operation' | 'subject' | 'undoes'>): string {
  if (undoes) return `undo:${undoes}`
  return subject.id ? `${operation}:${subject.id}` : subject.userPrincipalName.toLowerCase()
}
