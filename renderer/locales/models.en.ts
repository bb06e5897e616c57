/** Saved models: their page, and models as rankers. */
export const models = {
  rankerModel: 'Model of ranker {side}',
  noModels: 'no model in this workspace',
  choice: '{name} ({kind}, {id})',
}
