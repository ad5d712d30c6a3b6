/** The only Electron channels between page and shell; everything else goes over the port to core. */
export const pageChannels = {
  /** Page to shell: give me the port to core. */
  connect: 'kiosk:connect',
  /** Page to shell: my first frame is drawn; what would have held it up may start. */
  drawn: 'kiosk:drawn',
  /** Shell to page: here it is. */
  port: 'kiosk:port',
  /** Page to shell: the camera is needed in the next moments. */
  armCamera: 'kiosk:arm-camera',
  /** Page to shell: a visit is over, and a page that knows nothing of it is to follow. */
  renew: 'kiosk:renew',
  /** Shell to page: are you alive? */
  ping: 'kiosk:ping',
  /** Page to shell: I am, and whether a page can be seen. */
  pong: 'kiosk:pong',
} as const;
