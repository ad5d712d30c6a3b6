import type { MaterialView } from '../../../contract/application-view.ts';
import { useText } from '../../i18n/locale.tsx';
import { Icon } from '../../ui/icons.tsx';

/** Why a material is asked for, and the rule that says so. */
export function MaterialReason({ material }: { readonly material: MaterialView }) {
  const text = useText();
  const { title, article } = material.basis;
  return (
    <>
      <p>{material.reason}</p>
      <p className="material-basis">
        <Icon name="law" />
        <span>
          <strong>{text('apply.materials.basis', { title, article })}</strong>
          <br />
          {material.basis.text}
        </span>
      </p>
    </>
  );
}
