/** Electron's channels between the page of the simulator dock and the shell. */
export const dockChannels = {
  /** Page to shell: which simulated devices there are. */
  devices: 'dock:devices',
  /** Page to shell: do something at one of them. */
  act: 'dock:act',
  /** Shell to page: something happened at one of them. */
  event: 'dock:event',
} as const;
