/** A number that a plan asks for. `each`: per case, guide or department. */
export interface Target {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly unit: 'percent' | 'each' | 'working-days' | 'items';
  /** Place and year of the plan. */
  readonly source: string;
}

const cangzhou = '沧州市 2018 “互联网+政务服务” 工作要点';
const dechang = '德昌县 2021 “一网通办” 方案';
const dongguan = '东莞市 2014 网上办事分厅方案';

/**
 * Every target of the plans this kiosk follows, once. They are shown to staff beside the figures and change nothing on the
 * pages: a rate of ratings is reached by making it easy, never by keeping anybody at the page (国办发〔2019〕51号). Keys
 * that are also names of figures belong to that figure.
 */
export const targets = {
  catalogueUpdate: { atMost: 7, unit: 'working-days', source: cangzhou },
  activelyRated: { atLeast: 90, unit: 'percent', source: dechang },
  ratingsPerGuide: { atLeast: 10, unit: 'each', source: dechang },
  completeGuides: { atLeast: 100, unit: 'percent', source: dechang },
  knownRegions: { atLeast: 100, unit: 'percent', source: dechang },
  registeredStaff: { atLeast: 100, unit: 'percent', source: dechang },
  availableOnline: { atLeast: 100, unit: 'percent', source: dechang },
  oneVisit: { atLeast: 95, unit: 'percent', source: dechang },
  fullyOnline: { atLeast: 85, unit: 'percent', source: dechang },
  limitCut: { atLeast: 60, unit: 'percent', source: dechang },
  itemsAtComprehensiveWindows: { atLeast: 80, unit: 'percent', source: dechang },
  itemsInTheHall: { atLeast: 70, unit: 'percent', source: cangzhou },
  materialsCutFirstYear: { atLeast: 30, unit: 'percent', source: cangzhou },
  materialsCut: { atLeast: 60, unit: 'percent', source: cangzhou },
  itemsOnlineCity: { atLeast: 80, unit: 'percent', source: cangzhou },
  itemsOnlineCounty: { atLeast: 50, unit: 'percent', source: cangzhou },
  oneVisitListFirstYear: { atLeast: 30, unit: 'items', source: cangzhou },
  oneVisitList: { atLeast: 100, unit: 'items', source: cangzhou },
  depth1: { atLeast: 80, unit: 'percent', source: dongguan },
  depth2: { atLeast: 70, unit: 'percent', source: dongguan },
  depth3: { atLeast: 30, unit: 'percent', source: dongguan },
  socialAffairsOnline: { atLeast: 70, unit: 'percent', source: dongguan },
  finishedOnline: { atLeast: 50, unit: 'percent', source: dongguan },
  twoVisitsAtMost: { atLeast: 50, unit: 'percent', source: dongguan },
  residentsWithAccount: { atLeast: 45, unit: 'percent', source: dechang },
  legalPersonsWithAccount: { atLeast: 45, unit: 'percent', source: dechang },
  administratorsPerDepartment: { atLeast: 1, atMost: 2, unit: 'each', source: dechang },
} as const satisfies Readonly<Record<string, Target>>;
