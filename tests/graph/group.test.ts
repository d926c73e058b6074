import { expect, test } from 'vitest'
import { groupKind, isWritable, type Group } from '../../services/graph/index.ts'

const group = (overrides: Partial<Group>): Group => ({
  id: 'g',
  displayName: 'A group',
  description: null,
  mail: null,
  mailEnabled: false,
  securityEnabled: true,
  groupTypes: [],
  membershipRule: null,
  isAssignableToRole: null,
  onPremisesSyncEnabled: null,
  assignedLicenses: [],
  ...overrides,
})

test.each([
  ['security', true, group({})],
  ['microsoft365', true, group({ groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false })],
  ['mail-enabled-security', false, group({ mailEnabled: true })],
  ['distribution', false, group({ mailEnabled: true, securityEnabled: false })],
  ['dynamic', false, group({ groupTypes: ['DynamicMembership'] })],
  ['dynamic', false, group({ groupTypes: ['Unified', 'DynamicMembership'], mailEnabled: true })],
] as const)('a %s group is writable: %s', (kind, writable, it) => {
  expect(groupKind(it)).toBe(kind)
  expect(isWritable(it)).toBe(writable)
})

test('groups that come from on-premises or can be given roles are left alone', () => {
  expect(isWritable(group({ onPremisesSyncEnabled: true }))).toBe(false)
  expect(isWritable(group({ isAssignableToRole: true }))).toBe(false)
})
