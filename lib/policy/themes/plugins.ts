import type { AppPosture } from '../posture';

/** True where the app has a component of one of these plugin types. */
export const hasPlugin = ({ plugins }: AppPosture, ...types: readonly string[]): boolean =>
  plugins.some((plugin) => types.some((type) => plugin.startsWith(`${type}:`)));
