import type { Action } from '../../identity/door.ts';

/** The pages of administration, each for whoever the policy lets do its action to the house. Its name is a text. */
export type AdminPlace = { name: string; href: string; icon: string; action: Action };
export const places: AdminPlace[] = [
  { name: 'catalog', href: '/admin/catalog', icon: 'book-open', action: 'catalog.read' },
  { name: 'people', href: '/admin/people', icon: 'users', action: 'power.grant' },
  { name: 'accounts', href: '/admin/accounts', icon: 'user-cog', action: 'account.manage' },
  { name: 'glass', href: '/admin/break-glass', icon: 'siren', action: 'break-glass.review' },
  { name: 'clients', href: '/admin/clients', icon: 'plug', action: 'client.enrol' },
  { name: 'holds', href: '/admin/holds', icon: 'archive', action: 'hold.manage' },
  { name: 'devices', href: '/admin/devices', icon: 'monitor-smartphone', action: 'device.enrol' },
  { name: 'trail', href: '/admin/trail', icon: 'footprints', action: 'trail.read' },
  { name: 'alarms', href: '/admin/alarms', icon: 'bell-ring', action: 'trail.read' },
  { name: 'assessments', href: '/admin/assessments', icon: 'clipboard-check', action: 'assessment.read' },
  { name: 'policy', href: '/admin/policy', icon: 'table-2', action: 'policy.read' },
];
