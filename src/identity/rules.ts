import type { Role } from './power.ts';

/** How far a role's power reaches; what each word means is in `reaches`. */
export type Reach =
  | 'region'
  | 'own'
  | 'represents'
  | 'division'
  | 'agency'
  | 'agency-unless-claimed'
  | 'own-centre'
  | 'own-agency'
  | 'one-case'
  | 'registered'
  | 'of-others'
  | 'house';
/** `device` stands in no row: a machine people use may do nothing by itself. */
export type Rule = Partial<Record<'person' | 'system' | 'client' | 'device' | Role, Reach>>;

/**
 * Who may do what, and how far. A role that is not named in a row may not. Visitors who have not signed in may do
 * nothing here; administrators never see a case, and none of the three does what another does (三权分立). Who receives a
 * case does not decide it (受审分离), except what a township centre does on the spot; that it is not even the same person
 * with two roles is the case's own rule; so it is that neither of them issues what was granted (审批与发证分离). Who proposes a change of the catalogue does not publish it (编审分离).
 */
const policy = {
  'draft.write': { person: 'own' },
  'draft.read': { person: 'own' },
  // Oneself; whoever acts for an organisation does not change their own record meanwhile.
  'contact.change': { person: 'own' },
  // By the number of a card: to enter a case for them, or to look for them in the trail.
  'person.find': { clerk: 'house', 'audit-admin': 'house' },
  'file.read': {
    person: 'own',
    clerk: 'division',
    approver: 'agency',
    lead: 'agency',
    supervisor: 'division',
    'break-glass': 'one-case',
  },

  'case.read': {
    system: 'region',
    client: 'registered',
    person: 'own',
    clerk: 'division',
    approver: 'agency',
    issuer: 'agency',
    lead: 'agency',
    supervisor: 'division',
    'break-glass': 'one-case',
  },
  'case.read-all': { person: 'own', clerk: 'division', 'break-glass': 'one-case' },
  'case.read-in-full': {
    clerk: 'division',
    approver: 'agency',
    issuer: 'agency',
    lead: 'agency',
    supervisor: 'division',
  },
  'case.search': {
    client: 'registered',
    clerk: 'division',
    approver: 'agency',
    issuer: 'agency',
    lead: 'agency',
    supervisor: 'division',
  },
  // Who watches a place sees its applicants masked: what is found by a name would tell it after all.
  'case.search-by-name': { clerk: 'division', approver: 'agency', lead: 'agency' },
  'case.list-own': { person: 'own' },
  'case.withdraw': { person: 'own' },
  'case.rate': { person: 'own' },
  'consent.withdraw': { person: 'own' },
  'case.resubmit': { person: 'own', clerk: 'division' },

  'request.ask': { person: 'own' },
  'request.list': { person: 'own', clerk: 'division' },
  'request.answer': { clerk: 'division' },

  'queue.list': { clerk: 'division' },
  'case.enter': { clerk: 'division' },
  'case.return': { clerk: 'division' },
  'case.accept': { clerk: 'division' },
  // Nobody's to decide: the law does, when nobody has answered in time.
  'case.deem-accepted': { system: 'region' },
  // When a newer calendar is known, the house counts due days anew.
  'case.recount': { system: 'region' },
  'case.not-accept': { clerk: 'division' },
  'case.decide-on-the-spot': { clerk: 'own-centre' },

  'branch.list': { approver: 'agency', issuer: 'agency', lead: 'agency' },
  'branch.claim': { approver: 'agency' },
  // What an account that is switched off had claimed, the house gives back.
  'branch.release': { system: 'region', approver: 'agency-unless-claimed', lead: 'agency' },
  'branch.decide': { approver: 'agency-unless-claimed' },
  'branch.issue': { issuer: 'agency' },

  'organisation.powers': { person: 'represents' },

  'watch.read': { client: 'registered', lead: 'agency', supervisor: 'division' },

  'break-glass.open': { clerk: 'house', approver: 'house', supervisor: 'house' },
  'break-glass.review': { 'security-admin': 'house' },
  'power.lend': { approver: 'own-agency', lead: 'own-agency' },
  'power.grant': { 'security-admin': 'house' },
  'account.manage': { 'system-admin': 'house' },
  'client.enrol': { 'security-admin': 'house' },
  'hold.manage': { 'security-admin': 'house' },
  'device.enrol': { 'security-admin': 'house' },
  'assessment.read': { 'security-admin': 'house', 'audit-admin': 'house' },
  'policy.read': { 'system-admin': 'house', 'security-admin': 'house', 'audit-admin': 'house' },
  'admin.read': { 'system-admin': 'house' },
  'catalog.read': { 'catalog-editor': 'house', 'catalog-publisher': 'house', 'system-admin': 'house' },
  'catalog.propose': { 'catalog-editor': 'house' },
  'catalog.publish': { 'catalog-publisher': 'of-others' },
  'import.items': { 'system-admin': 'house' },
  'trail.read': { 'audit-admin': 'house' },
} as const satisfies Record<string, Rule>;

/** The table, to be shown. */
export const rules: Record<Action, Rule> = policy;

export type Action = keyof typeof policy;
/** Actions that lists ask for with `scopeOf`. */
export type ListAction =
  | 'draft.read'
  | 'case.read'
  | 'case.search'
  | 'case.search-by-name'
  | 'case.list-own'
  | 'case.deem-accepted'
  | 'case.recount'
  | 'request.list'
  | 'queue.list'
  | 'branch.list'
  | 'branch.claim'
  | 'branch.release'
  | 'branch.issue'
  | 'watch.read';
export const actions = Object.keys(policy) as Action[];
