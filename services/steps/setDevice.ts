import type { Step } from './step.ts'
import { call, planned } from './target.ts'

export interface SetDeviceArgs {
  userId: string
  deviceId: string
  name: string
  enabled: boolean
}

/** @see learn: graph/api/device-update, accountEnabled */
export const setDevice: Step<SetDeviceArgs> = {
  kind: 'set-device',

  async observe(args, context) {
    const device = (await context.graph.devices.of(args.userId, call(context))).find((d) => d.id === args.deviceId)
    if (!device) return { state: 'blocked', reason: { code: 'gone', data: { what: args.name } } }
    return device.accountEnabled === args.enabled
      ? { state: 'so' }
      : { state: 'not', before: { enabled: device.accountEnabled } }
  },

  apply: (args, context) => context.graph.devices[args.enabled ? 'enable' : 'disable'](args.deviceId, call(context)),

  undo: (args) => [
    planned(`device:${args.deviceId}`, {
      kind: 'set-device',
      change: 'change',
      title: 'Device',
      before: `${args.name}: ${args.enabled ? 'enabled' : 'disabled'}`,
      after: `${args.name}: ${args.enabled ? 'disabled' : 'enabled'}`,
      args: { ...args, enabled: !args.enabled },
    }),
  ],
}
