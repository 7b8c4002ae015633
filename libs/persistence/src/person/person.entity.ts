import type { Person, PersonId } from '@meriden/domain';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { BOOLEAN, INT_OR_NULL, TEXT, TEXT_OR_NULL, UUID } from '../columns.js';

/** Who can sign in. Read before any tenant is known only through the function `sign_in_lookup`. */
@Entity('person')
@Check('person_email_check', `"email" = lower("email") AND char_length("email") BETWEEN 3 AND 254`)
@Index('person_email_key', ['email'], { unique: true })
export class PersonEntity implements Person {
  @PrimaryColumn(UUID) readonly id: PersonId;
  @Column(TEXT) readonly email: string;
  @Column(TEXT) readonly name: string;
  @Column(TEXT_OR_NULL) readonly passwordHash: string | null;
  @Column(TEXT_OR_NULL) readonly totpSecret: string | null;
  @Column(INT_OR_NULL) readonly totpLastStep: number | null;
  @Column(BOOLEAN) readonly disabled: boolean;
}
