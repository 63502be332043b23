import { Link } from '../design/Link.tsx';
import { useText } from '../text/text.ts';
import { Page } from './Page.tsx';

/** For addresses that lead nowhere. */
export function NotFoundPage() {
  const text = useText();
  return (
    <Page title={text('notFound.title')} lead={text('notFound.lead')}>
      <Link to={{ name: 'start' }}>{text('toStart')}</Link>
    </Page>
  );
}
