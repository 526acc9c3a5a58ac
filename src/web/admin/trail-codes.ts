/**
 * Every code the trail is written with, in the order the audit administrator chooses from. `watch.` codes go on with
 * the figure that was taken away, so they are asked for by their beginning.
 */
export const trailCodes = [
  ...['sign-in', 'sign-in.first-step', 'sign-in.second-step', 'sign-in.provider', 'sign-in.again'],
  ...['sign-out', 'session.end', 'session.end-others'],
  ...['account.password', 'account.app-added', 'account.app-removed', 'account.codes'],
  ...['account.passkey-added', 'account.passkey-removed'],
  ...['case.read', 'case.read-in-full', 'case.read-by-api', 'case.print', 'case.search', 'file.read', 'person.find'],
  ...['case.accept', 'case.return', 'case.not-accept', 'case.on-the-spot', 'case.decide-on-the-spot', 'case.claim'],
  ...[
    'case.issue',
    'case.release',
    'case.decide',
    'case.grant',
    'case.refuse',
    'case.withdraw',
    'case.resubmit',
    'case.unknown',
  ],
  ...[
    'consent.withdraw',
    'person.contact',
    'rights.ask',
    'rights.answer',
    'request.read',
    'drafts.erase',
    'case.erase',
  ],
  ...['watch.figures-', 'watch.', 'trail.read', 'trail.export', 'person.copy'],
  ...['power.grant', 'power.revoke', 'power.lend', 'power.take-back', 'break-glass.open', 'break-glass.review'],
  ...['account.switch-off', 'account.switch-on', 'account.second-reset'],
  ...['catalog.propose', 'catalog.publish', 'catalog.return'],
  ...['client.token', 'client.call', 'client.enrol', 'client.change-keys', 'client.revoke'],
  ...['device.enrol', 'device.code', 'device.code-again', 'device.revoke'],
  ...['organisation.grant', 'organisation.limit', 'organisation.revoke'],
  ...['alarm.volume', 'alarm.hour', 'alarm.kin', 'alarm.no-case', 'alarm.client-volume', 'alarm.client-refused'],
  'alarm.looked-into',
  ...['backup.make', 'backup.verify', 'backup.restore'],
  ...['retention.erase', 'hold.begin', 'hold.end'],
] as const;
