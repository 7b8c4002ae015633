/** A whole list as the service writes it, with the rows that the asker may see: not only what is on screen. */
export function ExportLink({ list, children }: Readonly<{ list: 'learners' | 'unplaced' | 'vacancies' | 'candidates' | 'rounds' | 'outcomes'; children: string }>) {
  return (
    <a href={`/exports/${list}.csv`} download className="no-print">
      {children}
    </a>
  );
}
