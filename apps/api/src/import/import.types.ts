import { IMPORT_KINDS, IMPORT_NOTICES, IMPORT_STATES, type ImportError, type ImportNotice, type ImportReport, type ImportRun, type RejectionCode } from '@meriden/domain';
import { Extensions, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { RejectionCodeEnum, domainEnum } from '../graphql/enums.js';
import { payloadOf } from '../graphql/payload.js';
import { DateTimeScalar } from '../graphql/scalars.js';

export const ImportKindEnum = domainEnum('ImportKind', IMPORT_KINDS, 'What the rows of a file are.', {
  LEARNERS: 'Learners of a provider, for its staff.',
  VACANCIES: 'Vacancies of an employer, for its staff.',
  ORGANISATIONS: 'Organisations of the region, for the operator.',
  TRAVEL: 'Real journey times in place of estimates, for the operator.',
});

const ImportStateEnum = domainEnum('ImportState', IMPORT_STATES, 'How far a file that was handed in has come.', {
  UPLOADED: 'Handed in; nothing was read of it yet.',
  CHECKED: 'Read without storing anything; can be imported.',
  DONE: 'Imported; the report says what was stored.',
  REFUSED: 'Nothing was stored; the report says why.',
});

const ImportNoticeCodeEnum = domainEnum('ImportNoticeCode', IMPORT_NOTICES, 'Why a row or a record is worth a look.', {
  CHANGED: 'What is stored differs from the row.',
  DROPPED: 'What is stored is not in the file.',
});

@ObjectType('ImportError', { description: 'One fault of one row, in words for whoever mends the file.' })
class ImportErrorType implements ImportError {
  @Field(() => Int, { nullable: true, description: 'Row as a spreadsheet counts, the header being 1; null for the file as a whole.' })
  row: number | null;
  @Field(() => String, { nullable: true, description: 'Column of the template; null where no single one is at fault.' })
  column: string | null;
  @Field(() => RejectionCodeEnum, { description: 'The reason as a value that programs can branch on.' })
  code: RejectionCode;
  @Field(() => String, { description: 'What is wrong, which rule says so, and what to do.' })
  message: string;
}

@ObjectType('ImportNotice', { description: 'A difference between the file and what is stored: where, never which values.' })
class ImportNoticeType implements ImportNotice {
  @Field(() => Int, { nullable: true, description: 'Row as a spreadsheet counts; null for what the file does not list.' })
  row: number | null;
  @Field(() => String, { nullable: true, description: 'Column in which they differ; null for a whole record.' })
  column: string | null;
  @Field(() => ImportNoticeCodeEnum, { description: 'Whether something changed or is missing.' })
  code: ImportNotice['code'];
  @Field(() => String, { description: 'The same in words for a person.' })
  message: string;
}

@ObjectType('ImportReport', { description: 'What a check or an import found and did; accepted and refused rows make up all rows.' })
class ImportReportType implements Omit<ImportReport, 'errors' | 'notices'> {
  @Field(() => Int, { description: 'Rows read, the header not counted; all of the file where it can be used.' })
  rows: number;
  @Field(() => Int, { description: 'Rows without a fault.' })
  accepted: number;
  @Field(() => Int, { description: 'Rows with at least one fault.' })
  refused: number;
  @Field(() => Boolean, { description: 'Whether it was a check that stores nothing.' })
  dryRun: boolean;
  @Field(() => Int, { description: 'Rows that are new, stored or to be stored.' })
  created: number;
  @Field(() => Int, { description: 'Rows that change what is stored.' })
  changed: number;
  @Field(() => Int, { description: 'Rows that are stored already just so.' })
  unchanged: number;
  @Field(() => Int, { description: 'Records stored and not in the file; nothing is taken away.' })
  dropped: number;
  @Field(() => Int, { description: 'Records written; 0 for a check and where all was refused.' })
  stored: number;
  @Extensions({ entries: 1_000 })
  @Field(() => [ImportErrorType], { description: 'Faults in the order of the rows, at most 1,000.' })
  errors: readonly ImportErrorType[];
  @Field(() => Int, { description: 'Further faults that are not listed.' })
  errorsLeftOut: number;
  @Extensions({ entries: 1_000 })
  @Field(() => [ImportNoticeType], { description: 'What changed and what is gone, at most 1,000.' })
  notices: readonly ImportNoticeType[];
}

@ObjectType('ImportRun', { description: 'A file that staff handed in, seen by the staff of the same organisation alone.' })
export class ImportRunType implements Omit<ImportRun, 'organisationId' | 'personId' | 'report'> {
  @Field(() => ID, { description: 'The uploadId that handing the file in gave.' })
  id: string;
  @Field(() => ImportKindEnum, { description: 'What the rows of the file are.' })
  kind: ImportRun['kind'];
  @Field(() => ImportStateEnum, { description: 'How far the file has come.' })
  state: ImportRun['state'];
  @Field(() => Int, { description: 'Size of the file in bytes.' })
  bytes: number;
  @Field(() => ImportReportType, { nullable: true, description: 'What the last check or the import found; null before.' })
  report: ImportReport | null;
  @Field(() => DateTimeScalar, { description: 'When the file was handed in.' })
  createdAt: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the import ended; null before that.' })
  endedAt: string | null;
  @Field(() => Int, { description: 'Grows by one with each check; give it back with the next.' })
  version: number;
}

@ObjectType('ImportColumn', { description: 'One column that a file may or must have.' })
class ImportColumnType {
  @Field(() => String, { description: 'Name in the header; capitals, spaces and signs do not count.' })
  name: string;
  @Field(() => Boolean, { description: 'Whether each row must have a value in it.' })
  needed: boolean;
  @Field(() => String, { description: 'What stands in it, in words.' })
  words: string;
  @Field(() => String, { description: 'A value that fits; empty where most rows have none.' })
  example: string;
}

@ObjectType('ImportTemplate', { description: 'A file to begin with, and what its columns hold.' })
export class ImportTemplateType {
  @Field(() => String, { description: 'Header and one invented row, as comma-separated text.' })
  csv: string;
  @Extensions({ entries: 30 })
  @Field(() => [ImportColumnType], { description: 'The columns in the order of the template.' })
  columns: readonly ImportColumnType[];
}

@InputType({ description: 'Which file to check, as it was seen.' })
export class CheckImportInput {
  @Field(() => ID, { description: 'The uploadId that handing the file in gave.' })
  uploadId: string;
  @Field(() => Int, { description: 'The version that was seen; 1 after handing it in.' })
  version: number;
}

@InputType({ description: 'Which file to import, as it was seen.' })
export class StartImportInput {
  @Field(() => ID, { description: 'The uploadId that handing the file in gave.' })
  uploadId: string;
  @Field(() => Int, { description: 'The version that was seen; it makes sending twice import once.' })
  version: number;
  @Field(() => Boolean, { defaultValue: false, description: 'True to store the good rows although others are refused.' })
  partial: boolean;
}

@ObjectType('CheckImportSuccess', { description: 'The file was read and nothing stored; its faults are in the report.' })
export class CheckImportSuccess {
  @Field(() => ImportRunType, { description: 'The run with the report of the check.' })
  run: ImportRun;
}
export const CheckImportPayload = payloadOf('CheckImport', CheckImportSuccess, 'CheckImportSuccess');

@ObjectType('StartImportSuccess', { description: 'The file was read to its end; the report says what was stored.' })
export class StartImportSuccess {
  @Field(() => ImportRunType, { description: 'The run with the report of the import.' })
  run: ImportRun;
}
export const StartImportPayload = payloadOf('StartImport', StartImportSuccess, 'StartImportSuccess');
