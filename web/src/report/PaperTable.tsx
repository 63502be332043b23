import { useLaterText } from '../text/later.ts';
import styles from './ReportPage.module.css';
import { type ReadSession, toItemName } from './summary.ts';

/** On paper only: every item in a row, with its address, for those who cannot unfold or follow anything there. */
export function PaperTable({ session: { items, tracks } }: { readonly session: ReadSession }) {
  const text = useLaterText();
  return (
    <table className={styles.paper}>
      <thead>
        <tr>
          <th scope="col">{text('paper.item')}</th>
          {tracks.map(({ id, label }) => (
            <th key={id} scope="col">
              {tracks.length > 1 ? label : text('paper.estimate')}
            </th>
          ))}
          <th scope="col">{text('paper.state')}</th>
          <th scope="col">Jira</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <th scope="row">
              {toItemName(item)}
              {item.issue && <a href={item.issue.url}>{item.issue.url}</a>}
            </th>
            {tracks.map(({ id }) => (
              <td key={id}>{item.estimates.find(({ track }) => track === id)?.label ?? '–'}</td>
            ))}
            <td>{text(`item.${item.state}`)}</td>
            <td>
              {[...new Set(item.estimates.map(({ writeBack }) => writeBack.state))].map((state) => text(`writeBack.${state}`)).join(', ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
