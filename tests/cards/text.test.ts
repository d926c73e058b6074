import { describe, expect, it } from 'vitest'
import { counted, listed, literal, plain } from '../../cards/text.ts'

describe('text as it is', () => {
  it('keeps names of every script, emoji and joiners', () => {
    for (const name of ['Zoë Müller', '李小龍', 'محمد', '👩‍💻 Ada', 'नेहा', "O'Brien"]) expect(literal(name)).toBe(name)
  })

  it('cannot turn the direction of the text around it', () => {
    expect(literal('a\u202eexe.png\u202c \u2067b\u2069\u200f')).toBe('aexe.png b')
  })

  it('stays on one line', () => {
    expect(literal('Ada\r\n\u2028 Lovelace\t')).toBe('Ada Lovelace')
  })

  it('has no invisible characters', () => {
    expect(literal('A\u0000d\u200ba\u{e0041}\u00ad')).toBe('Ada')
  })

  it('is cut between characters, not within one', () => {
    expect(literal('👩‍💻'.repeat(10), 4)).toBe(`${'👩‍💻'.repeat(3)}…`)
    expect(literal('x'.repeat(300), 300)).toHaveLength(300)
    expect(literal('x'.repeat(301), 300)).toBe(`${'x'.repeat(299)}…`)
  })

  it('cannot pile accents over the lines above', () => {
    expect(literal(`a${'\u0301'.repeat(500)}`).length).toBeLessThanOrEqual(5)
  })

  it('is cut quickly, however long it is', () => {
    expect(literal('ab '.repeat(1_000_000), 10)).toBe('ab ab ab…')
  })

  it('survives half a character', () => {
    expect(literal('a\ud800b')).toBe('a\ufffdb')
  })
})

describe('text for places that read markdown', () => {
  it('shows markdown instead of obeying it', () => {
    expect(plain('**a** _b_ `c` [d](e) ~f~')).toBe('\\*\\*a\\*\\* \\_b\\_ \\`c\\` \\[d\\]\\(e\\) \\~f\\~')
  })

  it('mentions nobody and carries no mark-up', () => {
    expect(plain('<at>Megan</at> & <b>x</b>')).toBe('&lt;at&gt;Megan&lt;/at&gt; &amp; &lt;b&gt;x&lt;/b&gt;')
  })

  it.each(['- a', '+ a', '1. a', '1) a', '# a', '> a'])('does not start a list or heading with %j', (text) => {
    expect(plain(text)).toMatch(/^(\\|\d+\\|&gt;)/)
  })

  it('leaves ordinary names alone', () => {
    expect(plain("Mary-Jane O'Brien, Ph.D.")).toBe("Mary-Jane O'Brien, Ph.D.")
  })
})

it('names are listed as people say them', () => {
  expect(listed(['Ada', 'Ben', 'Cy'])).toBe('Ada, Ben and Cy')
  expect(listed(['Ada', 'Ben'], 'or')).toBe('Ada or Ben')
  expect(listed([])).toBe('')
})

it('one is one, and more are more', () => {
  expect([counted(1, 'seat'), counted(0, 'seat')]).toEqual(['1 seat', '0 seats'])
})
