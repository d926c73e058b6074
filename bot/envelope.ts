import { z } from 'zod'

// What botbuilder takes for granted and does not check: without it a turn would end in a TypeError.
const envelope = z.object({
  type: z.string().min(1),
  channelId: z.string().min(1),
  from: z.object({ id: z.string(), aadObjectId: z.string().nullish() }),
  conversation: z.object({ id: z.string().min(1) }),
  text: z.string().nullish(),
  locale: z.string().nullish(),
  localTimezone: z.string().nullish(),
  entities: z.array(z.object({ type: z.string() })).nullish(),
})

/** Has this the shape of an activity? Who sent it is another question. @see learn: bot-framework-rest, "Activity object" */
export const isActivity = (body: unknown): boolean => envelope.safeParse(body).success

/** Teams' deepest activities, a card in a value, have some twenty levels. */
const DEEPEST = 100

/** Is this JSON nested deeper than anything meant for us? Asked before it is parsed: what walks it later is recursive. */
export function isTooDeep(json: string): boolean {
  let level = 0
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs)) {
    if (token === '{' || token === '[') level += 1
    else if (token === '}' || token === ']') level -= 1
    if (level > DEEPEST) return true
  }
  return false
}
