import type { Description } from '../../../../src/server/description.ts';
import type { Estimate } from '../../../../src/server/resources/nets.ts';
import { byteSize, shortCount, wholeNumber } from '../../../../src/text/text.ts';
import { Figure } from '../../components/Figure.tsx';
import type { Loaded } from '../../state/useLoaded.ts';
import { spanText } from '../../words/time.ts';

interface NumbersCardProps {
  description: Loaded<Description | null>;
  estimate: Loaded<Estimate | null>;
}

/** What the net costs: parameters, operations, memory, and time on this machine. */
export function NumbersCard({ description, estimate }: NumbersCardProps) {
  const net = description.value?.valid ? description.value : null;
  const timed = estimate.value;
  const measuring = estimate.loading ? 'measuring …' : '–';
  return (
    <section class="card figures" aria-label="Costs" aria-busy={estimate.loading}>
      <dl>
        <Figure title="Parameters" value={net ? wholeNumber(net.parameters) : '–'} />
        <Figure title="MACs an image" value={net ? shortCount(net.macs) : '–'} />
        <Figure title="Memory" value={net ? byteSize(net.arenaBytes) : '–'} />
        <Figure
          title="Time an epoch, here"
          value={timed ? spanText(timed.secondsPerEpoch) : measuring}
        />
        <Figure title="Whole run, here" value={timed ? spanText(timed.seconds) : measuring} />
      </dl>
      {estimate.error && <p class="faint small">No estimate: {estimate.error}</p>}
    </section>
  );
}
