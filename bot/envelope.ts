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
export function isTooDeep(json: Uint8Array): boolean {
  let level = 0
  let isText = false
  for (let i = 0; i < json.length; i += 1) {
    const byte = json[i]
    if (isText) {
      if (byte === BACKSLASH) i += 1
      else if (byte === QUOTE) isText = false
    } else if (byte === QUOTE) isText = true
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) level += 1
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) level -= 1
    if (level > DEEPEST) return true
  }
  return false
}

// In UTF-8 no byte of another character looks like one of these.
const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\[]{}')
