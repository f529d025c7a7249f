import { measureRun, parseConfig, runTraining } from 'shakelab';

const config = parseConfig({
  dataset: 'digits', // drawn by code; or mnist, cifar10, the path of a folder of your own
  trainSize: 2048,
  layout: 'relu conv bn relu conv bn',
  mixing: 'shake-shake:strength=0.5',
  batch: 64,
  epochs: 5,
  evaluateEvery: 1, // left out: so seldom that it costs at most a fifth of the time
});
for await (const event of runTraining({ folder: 'runs/first', config })) {
  if (event.kind === 'epoch') console.log(`epoch ${event.epoch}: ${event.testError} % wrong`);
}
const { representation } = await measureRun('runs/first');
console.log(representation.scatter, representation.neuralCollapse);
