import { useEffect } from 'preact/hooks';

/** Opens files that are dropped on the page or pasted into it. */
export function useFiles(open: (file: File) => void): void {
  useEffect(() => {
    const take = (data: DataTransfer | null) => data?.files[0] && open(data.files[0]);
    const drop = (event: DragEvent) => {
      event.preventDefault();
      take(event.dataTransfer);
    };
    const over = (event: DragEvent) => event.preventDefault();
    const paste = (event: ClipboardEvent) => take(event.clipboardData);
    addEventListener('drop', drop);
    addEventListener('dragover', over);
    addEventListener('paste', paste);
    return () => {
      removeEventListener('drop', drop);
      removeEventListener('dragover', over);
      removeEventListener('paste', paste);
    };
  }, [open]);
}
