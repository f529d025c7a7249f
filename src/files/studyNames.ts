/** The file that makes a folder a study: its plan. */
export const planName = 'study.json';

/** What a study found, as numbers. */
export const studySummaryName = 'summary.json';

/** The same for readers. */
export const reportName = 'report.html';

/** The folder of its runs. */
export const runsName = 'runs';
