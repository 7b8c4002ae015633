import type { ImportKind, ImportRun } from '@meriden/domain';
import { ImportsService, importTemplate } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import type { Operation } from '../graphql/operation.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import {
  CheckImportInput,
  CheckImportPayload,
  ImportKindEnum,
  ImportRunType,
  ImportTemplateType,
  StartImportInput,
  StartImportPayload,
  type CheckImportSuccess,
  type StartImportSuccess,
} from './import.types.js';

/** Files are handed in over HTTP (`POST /imports/KIND`); what is done with them is asked for here. */
@Resolver(() => ImportRunType)
export class ImportResolver {
  constructor(@Inject(ImportsService) private readonly imports: ImportsService) {}

  @Query(() => ImportRunType, { nullable: true, description: 'A file of the own organisation; null when unknown or not yours to see.' })
  importRun(@InOperation() operation: Operation, @Args('id', { type: () => ID, description: 'The uploadId of the file.' }) id: string): Promise<ImportRun | null> {
    return operation.read((tx, actor) => this.imports.byId(tx, actor, id));
  }

  @Query(() => ImportTemplateType, { description: 'The columns of a file, and a file to begin with.' })
  importTemplate(@Args('kind', { type: () => ImportKindEnum, description: 'What the rows will be.' }) kind: ImportKind): ImportTemplateType {
    return importTemplate(kind);
  }

  @Mutation(() => CheckImportPayload, { complexity: 100, description: 'Reads a file that was handed in and says what an import would do.' })
  checkImport(
    @InOperation() operation: Operation,
    @Args('input', { type: () => CheckImportInput, description: 'Which file, as it was seen.' }) input: CheckImportInput,
  ): Promise<CheckImportSuccess | RefusedType> {
    return answer(async () => ({ run: await operation.write((actor) => this.imports.start(actor, { runId: input.uploadId, version: input.version, dryRun: true, partial: false })) }));
  }

  @Mutation(() => StartImportPayload, { complexity: 100, description: 'Imports a file that was handed in, all of it or nothing unless partial.' })
  startImport(
    @InOperation() operation: Operation,
    @Args('input', { type: () => StartImportInput, description: 'Which file, as it was seen.' }) input: StartImportInput,
  ): Promise<StartImportSuccess | RefusedType> {
    return answer(async () => ({ run: await operation.write((actor) => this.imports.start(actor, { runId: input.uploadId, version: input.version, dryRun: false, partial: input.partial })) }));
  }
}
