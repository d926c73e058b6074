import anyAscii from 'any-ascii'

// Control characters, and the marks that turn the direction of text around: nobody's name needs them, a forger may.
const UNWANTED = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** One line of clean text: what is invisible or reorders other text is dropped, white space is folded. */
export const clean = (text: string | undefined): string =>
  (text ?? '').normalize('NFC').replace(UNWANTED, ' ').replace(/\s+/g, ' ').trim()

/** The local part of a user name for a person: "Siobhán O'Brien" → `siobhan.obrien`; empty when nothing can be made of it. */
export function userNameFor(firstName: string, lastName: string): string {
  const part = (name: string) =>
    anyAscii(name)
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '')
      .replace(/^-+|-+$/g, '')
  return [part(firstName), part(lastName)].filter(Boolean).join('.').slice(0, 60).replace(/\.+$/, '')
}

/** @see learn: entra concept-sspr-policy, userPrincipalName policies: at most 64 before the @, no dot right before it */
export const isUserName = (text: string): boolean =>
  text.length <= 64 && /^[A-Za-z0-9'._!#^~-]+$/.test(text) && !text.endsWith('.') && !text.startsWith('.')

/** What Exchange takes as an alias: the user name without the characters it does not know. */
export const mailNicknameFor = (localPart: string): string => localPart.replace(/[^A-Za-z0-9._-]/g, '')
