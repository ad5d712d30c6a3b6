import type { KioskRecord } from '../../contract/office/fleet.ts';
import type { Locale } from '../../domain/messages.ts';
import { enquirySection } from './enquiries.ts';
import { clock, fact, wideFact } from './facts.ts';
import { markup, type Html } from './html.ts';
import type { Overview, ShownCase } from './read.ts';
import { type PlatformText, platformTexts } from './texts.ts';

/**
 * The page of what arrived, whole: without a script, and with its look in one file beside it.
 *
 * @param at ISO 8601 with offset: when it was read
 */
export function overviewPage(overview: Overview, locale: Locale, at: string): Html {
  const text = platformTexts[locale];
  const other: Locale = locale === 'en' ? 'zh-CN' : 'en';
  const { counts, cases, enquiries, levels, kiosks } = overview;
  return markup`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${text('platform.title')} – ${text('platform.lead')}</title>
        <link rel="stylesheet" href="/office/overview/style.css" />
      </head>
      <body>
        <header>
          <div class="who">
            <h1>${text('platform.title')}</h1>
            <p>${text('platform.lead')}</p>
          </div>
          <nav>
            <span>${text('platform.now', { time: clock(at) })}</span>
            <a href="?lang=${locale}">${text('platform.refresh')}</a>
            <a href="?lang=${other}" lang="${other}" hreflang="${other}">${text('platform.other-language')}</a>
          </nav>
        </header>
        <main>
          <section aria-label="${text('platform.counts')}" class="counts">
            <dl>
              ${[
                total(text('platform.count.cases'), counts.cases, 'cases'),
                total(text('platform.count.pages'), counts.pages, 'pages'),
                total(text('platform.count.ratings'), counts.ratings, 'ratings'),
                total(text('platform.count.enquiries'), counts.enquiries, 'enquiries'),
                total(text('platform.count.kiosks'), kiosks.length, 'kiosks'),
              ]}
            </dl>
          </section>
          <section class="cases" aria-labelledby="cases">
            <h2 id="cases">${text('platform.cases')}</h2>
            ${
              cases.length === 0
                ? markup`<p class="none">${text('platform.cases.none')}</p>`
                : markup`<p class="note">${text('platform.cases.note', { shown: cases.length, total: counts.cases })}</p>
                    ${cases.map((one, index) => caseArticle(one, text, index < OPEN_TRAILS))}`
            }
          </section>
          <div class="aside">
            <section aria-labelledby="ratings">
              <h2 id="ratings">${text('platform.ratings')}</h2>
              ${counts.ratings === 0 ? markup`<p class="none">${text('platform.ratings.none')}</p>` : levelBars(levels, text)}
            </section>
            ${enquirySection(enquiries, counts, text)}
            <section aria-labelledby="kiosks">
              <h2 id="kiosks">${text('platform.kiosks')}</h2>
              ${kiosks.length === 0 ? markup`<p class="none">${text('platform.kiosks.none')}</p>` : markup`${kiosks.map((one) => kioskArticle(one, text))}`}
            </section>
          </div>
        </main>
      </body>
    </html>`;
}

/** The newest cases show their trail at once. */
const OPEN_TRAILS = 3;

function total(name: string, count: number, what: 'cases' | 'pages' | 'ratings' | 'enquiries' | 'kiosks'): Html {
  return markup`<div data-count="${what}">
    <dt><a href="#${what === 'pages' ? 'cases' : what}">${name}</a></dt>
    <dd>${count}</dd>
  </div>`;
}

function caseArticle(one: ShownCase, text: PlatformText, open: boolean): Html {
  const { announced, received } = one.pages;
  const pages = announced === 0 ? text('platform.case.no-pages') : text('platform.case.pages-of', one.pages);
  const parts = one.parts.map(({ name, department }) => `${name}（${department}）`).join('、');
  return markup`<article class="card" data-case="${one.officialNumber}">
<h3><span>${one.itemName}</span><b>${one.officialNumber}</b></h3>
<dl class="facts">
${fact(text('platform.case.applicant'), text('platform.case.person', { name: one.applicant.name, last4: one.applicant.idLast4 }))}
${fact(text('platform.case.provisional'), one.provisionalNumber)}
${fact(text('platform.case.department'), one.department)}
${fact(text('platform.case.kiosk'), one.kioskId)}
<div><dt>${text('platform.case.pages')}</dt><dd class="${received === announced ? 'done' : 'warn'}">${pages}</dd></div>
${fact(text('platform.case.rating'), one.level ? text(`platform.level.${one.level}`) : text('platform.case.unrated'))}
${parts === '' ? '' : wideFact(text('platform.case.parts'), parts)}
</dl>
<details${open ? markup` open` : ''}><summary>${text('platform.trail')}</summary>
<ol>${one.trail.map(({ at, what }) => markup`<li><time datetime="${at}">${clock(at)}</time><span>${text(`platform.trail.${what}`)}</span></li>`)}</ol>
</details>
</article>
`;
}

function levelBars(levels: Overview['levels'], text: PlatformText): Html {
  const most = Math.max(...levels.map(({ count }) => count));
  return markup`<dl class="card levels">
    ${levels.map(
      ({ level, count }) =>
        markup`<div data-level="${level}">
          <dt>${text(`platform.level.${level}`)}</dt>
          <dd><meter max="${most}" value="${count}"></meter><span>${text('platform.level.count', { count })}</span></dd>
        </div>`,
    )}
  </dl>`;
}

function kioskArticle(kiosk: KioskRecord, text: PlatformText): Html {
  const { selfTest, troubles } = kiosk;
  return markup`<article class="card" data-kiosk="${kiosk.kioskId}">
    <h3><b>${kiosk.kioskId}</b></h3>
    <dl class="facts">
      ${fact(text('platform.kiosk.heard'), clock(kiosk.heardAt))}
      ${fact(text('platform.kiosk.cases'), text('platform.kiosk.case-count', { count: kiosk.cases }))}
      ${fact(
        text('platform.kiosk.self-test'),
        selfTest
          ? text('platform.kiosk.verdict', { verdict: selfTest.verdict, time: clock(selfTest.endedAt) })
          : text('platform.kiosk.never'),
      )}
    </dl>
    ${
      troubles.length === 0
        ? markup`<p class="done">${text('platform.kiosk.well')}</p>`
        : markup`<ul class="warn">
            ${troubles.map(
              ({ device, kind, reason = text('platform.kiosk.no-reason'), at }) =>
                markup`<li>${text(`platform.kiosk.${kind}`, { device, reason, time: clock(at) })}</li>`,
            )}
          </ul>`
    }
  </article> `;
}
