/** The folder of a study that its workers' logs are in. */
export const logsName = 'logs';
