import { clock, fact, wideFact } from './facts.ts';
import { markup, type Html } from './html.ts';
import type { Overview, ShownEnquiry } from './read.ts';
import type { PlatformText } from './texts.ts';

/** Complaints and consultations with their last day, and whether they were answered. */
export function enquirySection(
  enquiries: readonly ShownEnquiry[],
  { enquiries: total, open, overdue }: Overview['counts'],
  text: PlatformText,
): Html {
  return markup`<section aria-labelledby="enquiries">
    <h2 id="enquiries">${text('platform.enquiries')}</h2>
    ${
      total === 0
        ? markup`<p class="none">${text('platform.enquiries.none')}</p>`
        : markup`<p class="note">
              ${text('platform.enquiries.note', { shown: enquiries.length, total })}
              <span class="${overdue > 0 ? 'late' : 'open'}">${text('platform.enquiries.open', { open, overdue })}</span>
            </p>
            ${enquiries.slice(0, OPEN_ENQUIRIES).map((one) => enquiryArticle(one, text))}
            ${earlier(enquiries.slice(OPEN_ENQUIRIES), text)}`
    }
  </section>`;
}

/** The newest show at once. */
const OPEN_ENQUIRIES = 5;

function earlier(enquiries: readonly ShownEnquiry[], text: PlatformText): Html {
  if (enquiries.length === 0) return markup``;
  return markup`<details>
    <summary>${text('platform.enquiries.earlier', { count: enquiries.length })}</summary>
    ${enquiries.map((one) => enquiryArticle(one, text))}
  </details>`;
}

function enquiryArticle(one: ShownEnquiry, text: PlatformText): Html {
  const { id, kind, limit, overdueDays, dueDay } = one;
  const standing = standingOf(one);
  const late = text(`platform.enquiry.late.${limit.unit}`, { days: overdueDays });
  const item = one.itemName ?? one.itemCode;
  return markup`<article class="card" data-enquiry="${id}">
    <h3>
      <span>${text(`platform.enquiry.${kind}`)}</span><strong class="${looks[standing]}">${text(`platform.enquiry.${standing}`, { late })}</strong>
    </h3>
    <dl class="facts">
      ${fact(text('platform.enquiry.received'), clock(one.receivedAt))}
      ${fact(text('platform.enquiry.due'), one.extension ? text('platform.enquiry.extended', { day: dueDay }) : dueDay)}
      ${fact(text(`platform.enquiry.${kind}-hall`), one.concerns ?? one.hallCode)}
      ${item === undefined ? '' : wideFact(text('platform.enquiry.item'), item)}
      ${wideFact(text('platform.enquiry.number'), id)}
    </dl>
  </article> `;
}

/** By the colours of 办件预警; what they say is in words beside them. */
const looks = {
  open: 'open',
  'due-soon': 'warn',
  overdue: 'late',
  answered: 'done',
  'answered-late': 'warn',
} as const;

function standingOf({ state, warning }: ShownEnquiry): keyof typeof looks {
  return state === 'open' && warning !== 'none' ? 'due-soon' : state;
}
