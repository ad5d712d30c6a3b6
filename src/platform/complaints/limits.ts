import type { Enquiry, EnquiryKind } from '../../domain/enquiry/enquiry.ts';

/**
 * 承诺时限 of an answer. The plans ask for 限时办结并回复 and name no number; five and fifteen working days are what the
 * published service rules of hotlines (12345) usually give for advice and for complaints.
 */
export const answerLimits: Readonly<Record<EnquiryKind, Enquiry['limit']>> = {
  consultation: { amount: 5, unit: 'working-days' },
  complaint: { amount: 15, unit: 'working-days' },
};
