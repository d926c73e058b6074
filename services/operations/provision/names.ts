import anyAscii from 'any-ascii'

/** The local part of a user name for a person: "Siobhán O'Brien" → `siobhan.obrien`; empty when nothing can be made of it. */
export function userNameFor(firstName: string, lastName: string): string {
  const part = (name: string) =>
    anyAscii(name)
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '')
      .replace(/^-+|-+$/g, '')
  return [part(firstName), part(lastName)].filter(Boolean).join('.').slice(0, 60).replace(/\.+$/, '')
}

/**
 * A letter or digit is ours to ask for: without one no alias can be made of it.
 * @see learn: entra concept-sspr-policy, userPrincipalName policies: at most 64 before the @, no dot right before it
 */
export const isUserName = (text: string): boolean =>
  text.length <= 64 &&
  /^[A-Za-z0-9'._!#^~-]+$/.test(text) &&
  !text.endsWith('.') &&
  !text.startsWith('.') &&
  /[A-Za-z0-9]/.test(text)

/** What Exchange takes as an alias: the user name without the characters it does not know. */
export const mailNicknameFor = (localPart: string): string => localPart.replace(/[^A-Za-z0-9._-]/g, '')
