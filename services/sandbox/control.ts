import { Router } from 'express'
import { z } from 'zod'
import type { World } from './dispatch.ts'
import { faultSchema } from './faults.ts'
import { findUser } from './rules/find.ts'
import { signIn } from './rules/signIn.ts'

const settingsSchema = z
  .object({
    replicationDelayMs: z.number().nonnegative(),
    throttle: z.boolean(),
    /** Directory roles that the calling app holds; `['User Administrator']` to begin with. */
    appRoles: z.array(z.string()),
    tapEnabled: z.boolean(),
    latencyMs: z.number().nonnegative(),
  })
  .partial()
  .strict()

const signInSchema = z.object({
  userPrincipalName: z.string(),
  password: z.string().optional(),
  temporaryAccessPass: z.string().optional(),
})

const mailboxSchema = z.object({
  userId: z.string(),
  purpose: z.enum(['user', 'shared']).optional(),
  hidden: z.boolean().optional(),
})

/** For tests and demonstrations only: what no Graph has. Not part of the recorded traffic. */
export function controlRouter({ world, reset }: { world: World; reset: () => void }): Router {
  const router = Router()
  router.post('/reset', (_req, res) => {
    reset()
    res.status(204).end()
  })
  router.patch('/settings', (req, res) => {
    const { tapEnabled, ...settings } = settingsSchema.parse(req.body)
    Object.assign(world.tenant.settings, settings)
    if (tapEnabled !== undefined) world.tenant.tapPolicy.enabled = tapEnabled
    res.json({ ...world.tenant.settings, tapEnabled: world.tenant.tapPolicy.enabled })
  })
  router.post('/faults', (req, res) => {
    world.faults.add(faultSchema.parse(req.body))
    res.status(204).end()
  })
  router.delete('/faults', (_req, res) => {
    world.faults.clear()
    res.status(204).end()
  })
  router.get('/mail', (_req, res) => void res.json({ value: world.tenant.mail }))
  router.get('/writes', (_req, res) => {
    res.json({ count: world.tenant.writes.length, value: world.tenant.writes })
  })
  router.post('/mailbox', (req, res) => {
    // What the Exchange admin center does: Graph has no operation for it.
    const { userId, purpose, hidden } = mailboxSchema.parse(req.body)
    const user = findUser(world.tenant, userId)
    if (purpose !== undefined) user.mailbox['userPurpose'] = purpose
    if (hidden !== undefined) user.props['showInAddressList'] = hidden ? false : null
    res.status(204).end()
  })
  router.post('/sign-in', (req, res) => void res.json(signIn(world.tenant, signInSchema.parse(req.body))))
  return router
}
