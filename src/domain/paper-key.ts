import type zhMessages from '../../resources/messages/paper.zh-CN.json';

/** Texts of the papers that are not receipts: queue tickets, guides and reports. */
export type PaperKey = keyof typeof zhMessages;
