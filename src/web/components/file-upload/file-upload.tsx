import { sizeText } from '../../format.ts';
import { type FieldBasics, FieldFrame, fieldAttributes } from '../field/field.tsx';
import { Icon } from '../icon/icon.tsx';

export type StoredFile = {
  name: string;
  bytes: number;
  href?: string;
  /** Value of the `remove` button. */
  remove?: string;
};
export type FileUploadProps = FieldBasics & {
  /** E.g. `image/*,application/pdf`. */
  accept?: string;
  multiple?: boolean;
  /** What is already kept. */
  files?: StoredFile[];
};

/** Choose a file or take a photo. The form needs `encType="multipart/form-data"`; each file is saved by its own post. */
export function FileUpload({ accept = 'image/*,application/pdf', multiple, files = [], ...props }: FileUploadProps) {
  return (
    <FieldFrame {...props}>
      {files.length > 0 && (
        <ul class="files">
          {files.map((file) => (
            <FileLine view={props.view} file={file} />
          ))}
        </ul>
      )}
      <input class="input-file" type="file" accept={accept} multiple={multiple} {...fieldAttributes(props)} />
    </FieldFrame>
  );
}

function FileLine({ view, file }: { view: FileUploadProps['view']; file: StoredFile }) {
  return (
    <li class="file">
      <Icon name="file-check" />
      <span class="file-name">{file.href ? <a href={file.href}>{file.name}</a> : file.name}</span>
      <span class="quiet">{sizeText(view.lang, file.bytes)}</span>
      {file.remove && (
        <button class="button button-link" type="submit" name="remove" value={file.remove} formNoValidate>
          {view.say('components.file.remove')}
          <span class="away"> {file.name}</span>
        </button>
      )}
    </li>
  );
}
