import type { Channel } from '../../cases/door.ts';
import type { Device } from '../../identity/door.ts';

/** What a request counts as: what the enrolled device is that it comes from, whatever else it says; else `otherwise`. Pure. */
export const channelAt = ({ device }: { device?: Pick<Device, 'kind'> }, otherwise: 'online' | 'counter'): Channel =>
  device?.kind ?? otherwise;
