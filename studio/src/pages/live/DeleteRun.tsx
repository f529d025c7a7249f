import { useRef, useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { go } from '../../state/route.ts';

interface DeleteRunProps {
  id: string;
  name: string;
  /** Carries a change out, and tells what goes wrong. */
  change(ask: () => Promise<unknown>): Promise<void>;
}

/** Deletes the run for good, once its name has been typed. */
export function DeleteRun({ id, name, change }: DeleteRunProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState('');
  const remove = () =>
    change(async () => {
      dialog.current!.close();
      await api.runs[':id'].delete.$post({ param: { id }, json: { name } });
      go({ page: 'runs' });
    });
  return (
    <>
      <button type="button" class="danger" onClick={() => dialog.current!.showModal()}>
        Delete …
      </button>
      <dialog ref={dialog} aria-labelledby="delete-title">
        <h2 id="delete-title">Delete {name} for good?</h2>
        <p>Its weights, metrics and embeddings go; nothing brings them back.</p>
        <label>
          Type its name
          <input value={typed} onInput={({ currentTarget: { value } }) => setTyped(value)} />
        </label>
        <div class="row">
          <button type="button" onClick={() => dialog.current!.close()}>
            Keep it
          </button>
          <button type="button" class="danger" disabled={typed !== name} onClick={remove}>
            Delete
          </button>
        </div>
      </dialog>
    </>
  );
}
