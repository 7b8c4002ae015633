import type { Hazard } from '@meriden/domain';

/** A job of the sector as a placement: what it asks, may ask and teaches, in ids of the reference skills. */
export type Role = Readonly<{
  title: string;
  cluster: string;
  /** RQF levels for which the work makes sense. */
  levels: readonly [from: number, to: number];
  essential: readonly string[];
  optional: readonly string[];
  train: readonly string[];
  task: string;
  hazards?: readonly Hazard[];
  /** Patients or their data are near: checks are asked. */
  clinical?: true;
  /** Share of the hours that can be done from home, in ten-thousandths. */
  remote?: number;
}>;

const words = (text: string): readonly string[] => text.split(' ');

const role = (
  cluster: string,
  title: string,
  levels: readonly [number, number],
  essential: string,
  optional: string,
  train: string,
  task: string,
  more: Pick<Role, 'hazards' | 'clinical' | 'remote'> = {},
): Role => ({ cluster, title, levels, essential: words(essential), optional: words(optional), train: words(train), task, ...more });

export const ROLES: readonly Role[] = [
  role('ai-data', 'Clinical data assistant', [3, 5], 'spreadsheets data-quality data-annotation', 'python sql data-protection attention-to-detail', 'data-visualisation medical-terminology', 'clean and label data sets under supervision and write up what was found', { remote: 2000 }),
  role('ai-data', 'Medical image AI developer', [5, 7], 'python machine-learning computer-vision', 'deep-learning version-control dicom-pacs statistics', 'ai-model-validation ai-ethics', 'train and test models on images from which every name was removed', { remote: 5000 }),
  role('ai-data', 'Health data analyst', [4, 6], 'sql data-analytics statistics', 'r-language data-visualisation python data-protection', 'biostatistics health-informatics', 'answer questions of clinicians from routine data and draw the charts', { remote: 4000 }),
  role('ai-data', 'AI validation technician', [4, 6], 'python ai-model-validation statistics', 'data-quality ai-ethics software-testing', 'iec-62304 medical-device-regulations', 'repeat the published tests of a model and report where it fails', { remote: 3000 }),
  role('wearables-electronics', 'Electronics assembly technician', [2, 4], 'soldering assemble-electronics circuit-diagrams', 'test-electronic-units pcb attention-to-detail health-safety', 'iso-13485 document-control', 'build and test sensor boards to the work instructions'),
  role('wearables-electronics', 'Wearable device engineer', [4, 7], 'embedded-systems sensors electronics', 'firmware pcb-design wireless-ble signal-processing', 'wearable-design biosignals', 'bring up a new revision of a wearable monitor and measure its power'),
  role('wearables-electronics', 'Firmware and test placement', [4, 6], 'firmware programming version-control', 'embedded-systems iot test-sensors', 'verification-validation iec-62304', 'write unit tests for device firmware and mend what they find', { remote: 2000 }),
  role('wearables-electronics', 'Sensor test technician', [3, 4], 'test-sensors electronics', 'sensors calibration spreadsheets problem-solving', 'biosignals metrology', 'run sensors through the climate chamber and keep the records'),
  role('imaging', 'Imaging department assistant', [3, 4], 'communicate-in-healthcare medical-terminology', 'anatomy-physiology clinical-imaging-techniques confidentiality teamwork', 'dicom-pacs radiation-protection', 'prepare rooms and records for imaging lists', { clinical: true, hazards: ['IONISING_RADIATION'] }),
  role('imaging', 'Imaging informatics placement', [4, 6], 'dicom-pacs digital-image-processing', 'python data-protection medical-imaging-technology', 'hl7-fhir imaging-qa', 'move test studies between systems and check that nothing is lost', { remote: 2000 }),
  role('imaging', 'Imaging quality assurance placement', [5, 7], 'medical-imaging-technology imaging-qa', 'radiation-physics mri ultrasound statistics', 'radiation-protection clinical-imaging-techniques', 'run phantom tests and chart the results', { hazards: ['IONISING_RADIATION'], clinical: true }),
  role('diagnostics-lab', 'Laboratory assistant', [2, 4], 'laboratory-techniques sample-handling', 'pipetting centrifuge coshh attention-to-detail teamwork', 'good-laboratory-practice lims', 'receive, label and prepare samples and keep the bench ready', { hazards: ['BIOLOGICAL_AGENTS'] }),
  role('diagnostics-lab', 'Molecular diagnostics technician', [4, 6], 'pcr pipetting molecular-biology', 'sequencing laboratory-equipment-maintenance good-laboratory-practice', 'iso-15189 lims', 'set up assays, run controls and record the results'),
  role('diagnostics-lab', 'Point-of-care test developer', [4, 7], 'point-of-care-testing perform-laboratory-tests', 'elisa pcr statistics scientific-writing', 'verification-validation good-laboratory-practice', 'compare a new strip test with the reference method'),
  role('diagnostics-lab', 'Biomedical science placement', [5, 7], 'biomedical-science clinical-biochemistry laboratory-techniques', 'haematology microscopy histology clinical-microbiology', 'iso-15189 validate-biomedical-results', 'rotate through the sections of a diagnostic laboratory', { clinical: true, hazards: ['BIOLOGICAL_AGENTS'] }),
  role('diagnostics-lab', 'Laboratory equipment technician', [3, 5], 'laboratory-equipment-maintenance laboratory-calibration', 'calibration problem-solving document-control', 'lims good-laboratory-practice', 'service and calibrate the analysers with the lead technician'),
  role('immunology', 'Immunology laboratory assistant', [3, 5], 'laboratory-techniques elisa', 'pipetting immunology good-laboratory-practice attention-to-detail', 'immunofluorescence lims', 'prepare plates and slides for immunology tests', { clinical: true }),
  role('immunology', 'Flow cytometry placement', [5, 7], 'flow-cytometry immunology', 'cell-culture clinical-immunology statistics', 'diagnostic-immunology iso-15189', 'run panels on the cytometer and gate the results'),
  role('immunology', 'Allergy diagnostics placement', [4, 6], 'allergy-testing immunology', 'diagnostic-immunology elisa communicate-in-healthcare', 'protein-electrophoresis iso-15189', 'work through requests for specific IgE and report the controls', { clinical: true }),
  role('digital-health', 'Digital health support technician', [3, 4], 'digital-literacy customer-service', 'electronic-health-records data-protection problem-solving communication', 'clinical-safety-it telehealth', 'help users of a remote monitoring service and log what goes wrong', { remote: 2000 }),
  role('digital-health', 'Health software developer', [4, 7], 'software-development version-control', 'user-interface-design software-testing hl7-fhir agile', 'clinical-safety-it accessibility', 'build and test one feature of a care application with the team', { remote: 5000 }),
  role('digital-health', 'User research and accessibility placement', [4, 6], 'usability accessibility', 'user-interface-design communication written-communication', 'human-factors patient-engagement', 'watch people use a product and write down what stopped them', { remote: 3000 }),
  role('digital-health', 'Software test placement', [3, 5], 'software-testing programming', 'agile mobile-apps attention-to-detail', 'iec-62304 clinical-safety-it', 'write and run test scripts for each release', { remote: 2000 }),
  role('therapeutics', 'Clean room operative', [2, 4], 'aseptic-technique health-safety', 'clean-rooms attention-to-detail teamwork', 'gmp wear-cleanroom-suit', 'prepare materials and keep the batch record of a filling line', { hazards: ['HAZARDOUS_SUBSTANCES'] }),
  role('therapeutics', 'Bioprocess technician', [4, 6], 'bioprocessing cell-culture', 'aseptic-technique biotechnology chemistry', 'gmp pharma-quality-systems', 'run small bioreactors and take the in-process samples'),
  role('therapeutics', 'Formulation science placement', [5, 7], 'chemistry pharma-technology', 'pharmacology good-laboratory-practice statistics', 'gmp scientific-writing', 'test how a formulation keeps over time'),
  role('device-engineering', 'Prototype workshop technician', [2, 4], 'prototyping additive-manufacturing', 'laser-cutting cad technical-drawings health-safety', 'iso-13485 metrology', 'make and finish parts for device prototypes'),
  role('device-engineering', 'Medical device design engineer', [4, 7], 'cad device-design technical-drawings', 'medical-device-materials human-factors material-mechanics', 'iso-14971 biocompatibility', 'draw, print and test the next version of a device'),
  role('device-engineering', 'Manufacturing technician', [3, 5], 'manufacturing-processes cnc-machining', 'metrology technical-drawings injection-moulding problem-solving', 'manufacture-medical-devices statistical-process-control', 'set, run and measure on the device production line'),
  role('device-engineering', 'Surgical robotics engineering placement', [4, 7], 'electromechanics embedded-systems', 'programming cad test-medical-devices', 'verification-validation iec-60601', 'assemble and test a sub-system of a surgical robot'),
  role('device-engineering', 'Prosthetics workshop placement', [3, 5], 'prosthetics-orthotics prototyping', 'additive-manufacturing biomechanics cad empathy', 'medical-device-materials iso-13485', 'cast, print and finish sockets with a senior technician'),
  role('quality-regulation', 'Quality assurance assistant', [3, 5], 'quality-assurance document-control', 'internal-auditing written-communication attention-to-detail', 'iso-13485 root-cause-analysis', 'keep controlled documents in order and help at audits', { remote: 2000 }),
  role('quality-regulation', 'Regulatory affairs placement', [5, 7], 'medical-device-regulations scientific-writing', 'regulatory-submissions clinical-evaluation keep-up-regulations', 'post-market-surveillance iso-14971', 'draft parts of a technical file with the regulatory lead', { remote: 4000 }),
  role('quality-regulation', 'Risk and verification placement', [4, 6], 'risk-management verification-validation', 'iso-14971 test-medical-devices statistics', 'medical-device-test-procedures iec-60601', 'turn hazards into tests and run them'),
  role('clinical-engineering', 'Medical equipment library assistant', [2, 3], 'customer-service asset-management', 'digital-literacy communication infection-control', 'maintain-medical-devices decontamination', 'lend, collect, clean and book in medical equipment', { clinical: true }),
  role('clinical-engineering', 'Medical device service technician', [3, 5], 'electronics maintain-equipment', 'electrical-safety-testing repair-medical-devices problem-solving circuit-diagrams', 'maintain-medical-devices calibration', 'service and safety-test devices of the wards', { clinical: true }),
  role('clinical-engineering', 'Clinical engineering placement', [5, 7], 'biomedical-engineering electronics', 'medical-devices test-medical-devices device-training', 'electrical-safety-testing iec-60601', 'work on maintenance, projects and incident reviews with clinical engineers', { clinical: true }),
  role('clinical-engineering', 'Sterile services technician', [2, 4], 'decontamination infection-control', 'attention-to-detail teamwork health-safety', 'quality-standards device-training', 'inspect, pack and sterilise instrument sets', { hazards: ['HAZARDOUS_SUBSTANCES'] }),
  role('clinical-research', 'Clinical trials assistant', [3, 5], 'communication attention-to-detail', 'data-protection medical-terminology spreadsheets confidentiality', 'gcp clinical-trials', 'keep the trial files complete and book visits', { clinical: true }),
  role('clinical-research', 'Research data placement', [5, 7], 'scientific-research statistics', 'scientific-writing health-economics research-ethics', 'gcp clinical-evaluation', 'extract, check and summarise the evidence for a device', { remote: 4000 }),
];
