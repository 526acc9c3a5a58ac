import { describe, expect, it } from 'vitest';
import { type PersonActor, powersOf, type StaffActor, staffActor } from '../identity/door.ts';
import type { Case } from './case.ts';
import { needsOf, sightOf } from './visible.ts';

const name = { zh: '', en: '' };
const branch = (item: string, agency: string, dependsOn: string[], elements: string[]) => ({
  item,
  itemVersion: 1,
  name,
  agency: `360121-${agency}`,
  agencyName: name,
  division: '360121000000',
  dependsOn,
  onTheSpot: false,
  promisedDays: 1,
  statutoryDays: 5,
  results: [],
  elements,
  materials: [`${item}_paper`],
});
const theCase = (status: Case['state']['status'], branches: Case['state']['branches']): Case => ({
  plan: {
    region: '360121',
    number: '',
    division: '360121100000',
    divisionName: '',
    subject: { kind: 'bundle', id: 'newborn', version: 1, name },
    applicant: { id: 'father', name: '' },
    channel: 'online',
    branches: [
      branch('birth', 'health', [], ['child_name', 'hospital']),
      branch('household', 'police', ['birth'], ['child_name', 'address']),
      branch('card', 'social', ['household'], ['bank']),
    ],
    situation: {},
    materialsAsked: 0,
    materialsSpared: 0,
  },
  state: { status, version: 1, submittedAt: '', answerDue: '', timesReturned: 0, visits: 0, branches },
});
const staff = ({ roles = ['approver'], ...more }: Partial<StaffActor>): StaffActor => {
  const place = { division: '360121000000', agency: '360121-police', ...more };
  return staffActor({ id: 'me', region: '360121', name: '', agencyName: name, ...place }, powersOf(roles, place));
};
const clerk = staff({ division: '360121100000', agency: 'centre', roles: ['clerk'] });
const me = { id: 'me', name: '' };
const done = { status: 'granted' } as const;

describe('who sees what of a case', () => {
  it('shows the counter everything while it must answer, and masks it afterwards', () => {
    expect(sightOf(clerk, theCase('submitted', {})).answer('bank')).toBe('full');
    expect(sightOf(clerk, theCase('accepted', {})).answer('bank')).toBe('masked');
  });
  it('shows an approver what their own open branch asks for, and nothing else', () => {
    const sight = sightOf(staff({}), theCase('accepted', { birth: done, household: { status: 'open' } }));
    expect(['child_name', 'address', 'hospital', 'bank'].map(sight.answer)).toEqual([
      'full',
      'full',
      'hidden',
      'hidden',
    ]);
    expect(sight.material('household_paper')).toBe(true);
    expect(sight.material('card_paper')).toBe(false);
    expect(sight.results('birth')).toBe('full');
    expect(sight.results('card')).toBe('masked');
  });
  it('masks again what a colleague holds and what has been decided', () => {
    const held = { status: 'claimed', claimedBy: { id: 'colleague', name: '' } } as const;
    expect(sightOf(staff({}), theCase('accepted', { household: held })).answer('address')).toBe('masked');
    expect(sightOf(staff({}), theCase('accepted', { household: { ...held, claimedBy: me } })).answer('address')).toBe(
      'full',
    );
    expect(sightOf(staff({}), theCase('accepted', { household: done })).answer('address')).toBe('masked');
  });
  it('shows what was masked to who says why, and still hides what is not for them', () => {
    const open = theCase('accepted', { household: { status: 'open' } });
    const lead = sightOf(staff({ roles: ['lead'] }), open, true);
    expect(['address', 'bank'].map(lead.answer)).toEqual(['full', 'hidden']);
    expect([lead.person, lead.name, lead.masked, lead.reason]).toEqual([true, true, false, undefined]);
    const later = sightOf(clerk, theCase('closed', {}), true);
    expect([later.answer('bank'), later.person]).toEqual(['full', true]);
  });
  it('knows whose open work a case holds', () => {
    const atWork = (actor: StaffActor, ...given: Parameters<typeof theCase>) =>
      sightOf(actor, theCase(...given)).reason === 'work';
    expect(atWork(clerk, 'submitted', {})).toBe(true);
    expect(atWork(clerk, 'accepted', {})).toBe(false);
    expect(atWork(staff({}), 'accepted', { household: { status: 'open' } })).toBe(true);
    expect(atWork(staff({}), 'accepted', { household: done })).toBe(false);
    expect(atWork(staff({ roles: ['lead'] }), 'accepted', { household: { status: 'open' } })).toBe(false);
  });
  it('masks everything for a lead and a supervisor', () => {
    const open = theCase('accepted', { household: { status: 'open' } });
    expect(sightOf(staff({ roles: ['lead'] }), open).answer('address')).toBe('masked');
    const supervisor = sightOf(staff({ agency: '360121-office', roles: ['supervisor'] }), open);
    expect([supervisor.answer('bank'), supervisor.results('birth')]).toEqual(['masked', 'masked']);
  });
  it('shows the applicant everything, at any time, and another citizen nothing', () => {
    const closed = theCase('closed', { birth: done });
    const person = (id: string, region = '360121'): PersonActor => ({ kind: 'person', id, region, name: id });
    const father = sightOf(person('father'), closed);
    expect([father.answer('bank'), father.results('birth'), father.situation, father.reason]).toEqual([
      ...['full', 'full', true, 'own'],
    ]);
    for (const other of [{ kind: 'guest' } as const, person('mother'), person('father', '360123')]) {
      const sight = sightOf(other, closed);
      expect([sight.answer('bank'), sight.results('birth'), sight.name, sight.material('birth_paper')]).toEqual([
        ...['hidden', 'masked', false, false],
      ]);
    }
  });
  it('shows another system no answers and no papers, whatever it may watch', () => {
    const place = { id: 'bank', region: '360121', name: '', division: '360121000000' };
    const client = { kind: 'client', ...place, scopes: ['case.read', 'watch.read'] } as const;
    const sight = sightOf(client, theCase('closed', { birth: done }));
    expect([sight.answer('bank'), sight.material('birth_paper'), sight.name]).toEqual(['hidden', false, false]);
  });
  it('knows everything a branch depends on', () => {
    expect(needsOf(theCase('accepted', {}), 'card')).toEqual(['birth', 'household']);
  });
});
