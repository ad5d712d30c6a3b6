/** The only Electron channels between page and shell; everything else goes over the port to core. */
export const pageChannels = {
  /** Page to shell: give me the port to core. */
  connect: 'kiosk:connect',
  /** Shell to page: here it is. */
  port: 'kiosk:port',
  /** Page to shell: the camera is needed in the next moments. */
  armCamera: 'kiosk:arm-camera',
} as const;
