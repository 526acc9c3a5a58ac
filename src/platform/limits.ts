import Type, { type Static, type TProperties } from 'typebox';
import { Basis } from './basis.ts';
import { readYaml, rulesOf } from './yaml.ts';

const closed = { additionalProperties: false };
const some = Type.Integer({ minimum: 1 });
const limit = <P extends TProperties>(span: P) => Type.Object({ ...span, basis: Basis }, closed);
const LimitsFile = Type.Object(
  {
    limits: Type.Object(
      {
        answer: limit({ workdays: some }),
        issuing: limit({ workdays: some }),
        badRating: limit({ workdays: some }),
        ownConsent: limit({ years: some }),
        personalRequest: limit({ days: some }),
        lending: limit({ days: some }),
        secondReset: limit({ days: some }),
        startCode: limit({ hours: some }),
        emergency: limit({ minutes: some, leastReason: some }),
        deviceCode: limit({ minutes: some }),
        deviceRest: limit({ seconds: some }),
        deviceAsk: limit({ seconds: some }),
      },
      closed,
    ),
  },
  closed,
);

/** How long something may take or last (期限), each in its unit and with its source; `rules/limits.yaml` says what each is. */
export type Limits = Static<typeof LimitsFile>['limits'];

/** Reads the limits. A file that is wrong stops the start, with its line: nobody works under a limit that is not there. */
export async function loadLimits(file: string): Promise<Limits> {
  return rulesOf(await readYaml(file, LimitsFile)).limits;
}
