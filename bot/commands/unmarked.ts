import type { Activity } from 'botbuilder'
import { z } from 'zod'

const mention = z.object({
  type: z.literal('mention'),
  text: z.string().min(1),
  mentioned: z.object({ name: z.string() }),
})

const ENTITIES: Record<string, string> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/**
 * What somebody typed, without what Teams wraps it in: paragraphs, spaces and signs as HTML, and people as `<at>`. Whoever
 * is mentioned is meant by name; the bot's own mention is gone already. All else between angle brackets was typed.
 */
export function unmarked({ text, entities }: Pick<Activity, 'text' | 'entities'>): string {
  const named = (entities ?? []).reduce((said, entity) => {
    const { data } = mention.safeParse(entity)
    return data ? said.replaceAll(data.text, () => `"${data.mentioned.name}"`) : said
  }, text ?? '')
  return named
    .replace(/<\/?(?:p|div|span|br)\b[^<>]*>/gi, ' ')
    .replace(/&(nbsp|amp|lt|gt|quot|#39);/g, (_all, name: string) => ENTITIES[name] ?? '')
}
