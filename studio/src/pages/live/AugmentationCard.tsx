import type { RunDetail } from '../../../../src/server/resources/runs.ts';
import { api, json } from '../../api/client.ts';
import { Problem } from '../../components/Notice.tsx';
import { Picture } from '../../components/Picture.tsx';
import { Scroll } from '../../components/Scroll.tsx';
import { useLoaded } from '../../state/useLoaded.ts';

/** Bytes that an answer of JSON holds. */
const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** What the run sees of some training images in its first epochs, where it varies them. */
export function AugmentationCard({ run }: { run: RunDetail }) {
  const { value, error } = useLoaded(run.id, () =>
    json(api.runs[':id'].augmentation.$get({ param: { id: run.id } })),
  );
  if (error) return <Problem>{error}</Problem>;
  const size = run.images;
  if (!value || value.way === null || !size) return null;
  const [{ versions }] = value.samples;
  return (
    <section class="card augmentation" aria-label="What training sees">
      <h2>
        What training sees <span class="faint small">{value.way}</span>
      </h2>
      <Scroll label="Varied images">
        <table>
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col">Image</th>
              {versions.map((_, epoch) => (
                <th key={epoch} scope="col">
                  {epoch + 1}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {value.samples.map(({ place, className, image, versions }) => (
              <tr key={place}>
                <th scope="row">{className}</th>
                {[image, ...versions].map((bytes, column) => (
                  <td key={column}>
                    <Picture
                      image={bytesOf(bytes)}
                      size={size}
                      label={
                        column === 0
                          ? `Training image ${place}`
                          : `Training image ${place} as epoch ${column} sees it`
                      }
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
