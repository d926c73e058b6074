// Control characters, and the marks that turn the direction of text around: nobody's name needs them, a forger may.
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const UNWANTED = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** One line of clean text: what is invisible or reorders other text is dropped, white space is folded. */
export const clean = (text: string | undefined): string =>
  (text ?? '').normalize('NFC').replace(UNWANTED, ' ').replace(/\s+/g, ' ').trim()
