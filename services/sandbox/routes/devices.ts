import { badRequest, notFound } from '../errors.ts'
import { contextOf, noContent, type Call, type GraphAnswer, type Route } from '../http.ts'
import { listAnswer } from '../query/list.ts'
import { project, projectionOf } from '../query/project.ts'
import { findUser } from '../rules/find.ts'
import { DEVICE } from '../schema/others.ts'
import { item } from '../schema/shape.ts'
import { deviceShape } from '../schema/shapes.ts'
import type { DeviceRecord } from '../state.ts'
import { bodyOf } from './body.ts'

function deviceOf({ tenant, args }: Call): DeviceRecord {
  const device = tenant.devices.get((args['id'] ?? '').toLowerCase())
  if (device === undefined) throw notFound(args['id'] ?? '')
  return device
}

function getDevice(call: Call): GraphAnswer {
  const body = project(item(deviceShape, deviceOf(call), call.tenant), projectionOf(call.request.query))
  return { status: 200, body: { '@odata.context': contextOf(call.request, 'devices/$entity'), ...body } }
}

function updateDevice(call: Call): GraphAnswer {
  const device = deviceOf(call)
  const patch = bodyOf(call)
  for (const name of Object.keys(patch)) {
    const property = DEVICE.get(name)
    if (property === undefined || property.readOnly || name === 'id') throw badRequest(`Invalid property '${name}'.`)
  }
  if (patch['accountEnabled'] !== undefined && typeof patch['accountEnabled'] !== 'boolean') {
    throw badRequest("Invalid value specified for property 'accountEnabled' of resource 'Device'.")
  }
  Object.assign(device, patch)
  return noContent()
}

function deleteDevice(call: Call): GraphAnswer {
  call.tenant.devices.delete(deviceOf(call).id)
  return noContent()
}

function devicesOfUser(call: Call): GraphAnswer {
  const { id } = findUser(call.tenant, call.args['id'] ?? '')
  const devices = [...call.tenant.devices.values()].filter(({ ownerId }) => ownerId === id)
  return listAnswer(
    call,
    devices.map((device) => item(deviceShape, device, call.tenant)),
    { context: 'directoryObjects', typed: true },
  )
}

export const deviceRoutes: readonly Route[] = [
  ['GET', '/devices/{id}', getDevice],
  ['PATCH', '/devices/{id}', updateDevice],
  ['DELETE', '/devices/{id}', deleteDevice],
  ['GET', '/users/{id}/ownedDevices', devicesOfUser],
  ['GET', '/users/{id}/registeredDevices', devicesOfUser],
]
