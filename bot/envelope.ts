import { z } from 'zod'

// What botbuilder takes for granted and does not check: without it a turn would end in a TypeError.
const mentioned = z.object({ id: z.string() })
const entity = z
  .object({ type: z.string(), mentioned: z.unknown().optional() })
  .refine((e) => e.type !== 'mention' || mentioned.safeParse(e.mentioned).success)

const envelope = z.object({
  type: z.string().min(1),
  channelId: z.string().min(1),
  // Without it the answer would go to an address that nobody has named.
  serviceUrl: z.string().min(1),
  recipient: z.object({ id: z.string() }),
  from: z.object({ id: z.string(), aadObjectId: z.string().nullish() }),
  conversation: z.object({ id: z.string().min(1) }),
  text: z.string().nullish(),
  locale: z.string().nullish(),
  localTimezone: z.string().nullish(),
  entities: z.array(entity).nullish(),
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
