import { z } from 'zod'
import { Refusal } from '../../services/errors.ts'
import { isId } from '../../services/requests/id.ts'

const withId = z.object({ id: z.string().refine(isId) })
const decision = z.object({
  id: z.string().refine(isId),
  plan: z.string().regex(/^[0-9a-f]{64}$/),
  comment: z.string().max(2000).optional(),
})
const tick = withId.extend({ step: z.string().min(1).max(200) })
const command = z.object({ command: z.string().regex(/^[a-z]+$/) })

const read = <T>(schema: z.ZodType<T>, data: unknown): T => {
  const result = schema.safeParse(data)
  if (!result.success)
    throw new Refusal('bad_input', { what: result.error.issues.map((i) => i.path.join('.')).join(', ') })
  return result.data
}

/** All @throws Refusal `bad_input` */
export const readId = (data: unknown): string => read(withId, data).id
export const readTick = (data: unknown) => read(tick, data)
export const readDecision = (data: unknown) => read(decision, data)
export const readCommand = (data: unknown): string => read(command, data).command
