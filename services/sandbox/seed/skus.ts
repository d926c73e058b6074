import type { SkuRecord } from '../state.ts'
import { guid } from './guid.ts'
import { ids } from './ids.ts'

const PLANS = {
  EXCHANGE_S_ENTERPRISE: 'efb87545-963c-4e0d-99df-69c6916d9eb0',
  EXCHANGE_S_STANDARD: '9aaf7827-d63c-4b61-89c3-182f06f82e5c',
  TEAMS1: '57ff2da0-773e-42df-b2af-ffb7a2317929',
  SHAREPOINTENTERPRISE: '5dbe027f-2339-4123-9542-606e4d348a72',
  OFFICESUBSCRIPTION: '43de0ff5-c92c-492b-9116-175376d08c38',
  INTUNE_A: 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5',
  AAD_PREMIUM: '41781fb2-bc02-4b7c-bd55-b576c07bb09d',
  AAD_PREMIUM_P2: 'eec0eb4f-6444-4f95-aba0-50c24d67f998',
  BI_AZURE_P0: '2049e525-b859-401b-b2a0-e0a31c4b1fe4',
  FLOW_P2_VIRAL: '50e68c76-46c6-4674-81f9-75456511b170',
  VISIO_CLIENT_SUBSCRIPTION: '663a804f-1c30-4ff0-9915-9db84f0d1cea',
} as const

type PlanName = keyof typeof PLANS

const sku = (
  skuPartNumber: string,
  skuId: string,
  rest: { enabled: number; suspended?: number; plans: PlanName[] },
): SkuRecord => ({
  id: `${guid('tenant')}_${skuId}`,
  skuId,
  skuPartNumber,
  enabled: rest.enabled,
  suspended: rest.suspended ?? 0,
  capabilityStatus: rest.suspended === undefined ? 'Enabled' : 'Suspended',
  plans: rest.plans.map((servicePlanName) => ({ servicePlanId: PLANS[servicePlanName], servicePlanName })),
  holders: new Set(),
})

/** What Contoso has bought. Ids of SKUs and service plans are Microsoft's. */
export const seedSkus = (): SkuRecord[] => [
  sku('SPE_E3', ids.skus.e3, {
    enabled: 60,
    plans: ['EXCHANGE_S_ENTERPRISE', 'TEAMS1', 'SHAREPOINTENTERPRISE', 'OFFICESUBSCRIPTION', 'INTUNE_A', 'AAD_PREMIUM'],
  }),
  sku('SPE_E5', ids.skus.e5, {
    enabled: 5,
    plans: [
      'EXCHANGE_S_ENTERPRISE',
      'TEAMS1',
      'SHAREPOINTENTERPRISE',
      'OFFICESUBSCRIPTION',
      'INTUNE_A',
      'AAD_PREMIUM_P2',
    ],
  }),
  sku('EMS', ids.skus.ems, { enabled: 10, plans: ['INTUNE_A', 'AAD_PREMIUM'] }),
  sku('POWER_BI_STANDARD', ids.skus.powerBi, { enabled: 1_000_000, plans: ['BI_AZURE_P0'] }),
  sku('FLOW_FREE', ids.skus.flow, { enabled: 10_000, plans: ['FLOW_P2_VIRAL'] }),
  sku('VISIOCLIENT', ids.skus.visio, { enabled: 5, plans: ['VISIO_CLIENT_SUBSCRIPTION'] }),
  sku('SPB', ids.skus.businessPremium, {
    enabled: 0,
    suspended: 10,
    plans: ['EXCHANGE_S_STANDARD', 'TEAMS1', 'AAD_PREMIUM'],
  }),
]
